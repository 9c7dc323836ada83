"""After the submission: claims, corrected keys, given grades, notes to learners, the gradebook."""
