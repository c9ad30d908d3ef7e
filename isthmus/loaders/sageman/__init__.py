"""Sageman's global Salafi jihad: people and a matrix of ties."""
