"""Learners sit assignments: an attempt is begun, its answers are saved, and it is submitted."""
