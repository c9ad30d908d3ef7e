"""Who is shown by name, and what stands in their place otherwise."""
