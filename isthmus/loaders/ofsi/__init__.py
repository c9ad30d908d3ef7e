"""The United Kingdom's consolidated list of financial sanctions targets."""
