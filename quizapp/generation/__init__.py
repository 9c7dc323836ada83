"""Facts to questions: one file a kind, plus wording, distractors and the linter."""
