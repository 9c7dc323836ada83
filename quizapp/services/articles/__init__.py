"""Use cases of an instructor's own article."""
