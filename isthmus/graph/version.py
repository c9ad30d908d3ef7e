"""The version of this release, below everything that keeps what it made."""

__version__ = "0.1.0"
