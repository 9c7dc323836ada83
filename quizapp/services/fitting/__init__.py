"""Weights of the memory are fitted to a class or a learner, looked at, used and withdrawn."""
