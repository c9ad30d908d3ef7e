"""FollowTheMoney entities, as OpenSanctions and Aleph export them."""
