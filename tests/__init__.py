"""Tests of Isthmus."""
