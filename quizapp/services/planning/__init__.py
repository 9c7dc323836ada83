"""A learner prepares for the exam of a course: what ways there are, and the one that they chose."""
