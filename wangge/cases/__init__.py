"""What somebody told us, and what became of it."""
