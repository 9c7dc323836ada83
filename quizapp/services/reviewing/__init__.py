"""A learner reviews facts: today's load, the next question, the answer, undo, the summary."""
