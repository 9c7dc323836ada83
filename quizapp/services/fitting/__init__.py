"""Weights of the memory are fitted to a class, looked at, used and withdrawn."""
