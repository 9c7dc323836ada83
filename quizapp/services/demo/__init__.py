"""The demonstration: a course with an instructor, learners and their history."""
