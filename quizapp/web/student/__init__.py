"""What a learner sees and does."""
