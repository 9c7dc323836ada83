"""Instructors write sets: drafts, what is decided on them, and their publication."""
