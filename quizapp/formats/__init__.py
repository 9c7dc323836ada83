"""Bytes to questions and back, one file a format."""
