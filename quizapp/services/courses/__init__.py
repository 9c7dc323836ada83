"""Courses: made and changed, joined, their rosters, sections and teachers."""
