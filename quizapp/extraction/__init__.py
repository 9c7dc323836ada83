"""From an instructor's document to an article and proposed facts, all of them to be reviewed."""
