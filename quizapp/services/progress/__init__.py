"""A learner looks at their progress: what was done, what holds, and what the exam would show."""
