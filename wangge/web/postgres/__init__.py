"""Our own PostgreSQL: find it, start it, give it three roles, save it and bring it back."""
