"""Background work on PostgreSQL, always in somebody's name."""
