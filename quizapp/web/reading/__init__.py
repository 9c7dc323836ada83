"""Pages that everybody reads: articles, keyboard shortcuts, accessibility."""
