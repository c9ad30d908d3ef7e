"""ICSR's estimates of foreign fighters by country."""
