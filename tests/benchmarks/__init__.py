"""How fast quizapp is, each time as a ratio to something plain measured in the same run."""
