"""What a question of each kind shows: its fields before the answer, its parts after it."""
