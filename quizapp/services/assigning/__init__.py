"""Instructors set assignments: planned, published, opened for some at other times, previewed."""
