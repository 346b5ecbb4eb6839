"""For those who write and review knowledge/: what it amounts to, what a change changes, a new rule, the book."""
