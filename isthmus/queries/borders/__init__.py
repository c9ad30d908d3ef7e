"""The kinds of cross-border link, each in a module that finds its rows."""
