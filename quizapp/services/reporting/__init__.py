"""What an instructor is told of a course and of its assignments."""
