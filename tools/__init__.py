"""Small programs that keep the house in order; each is run by `make check` and by tests/architecture."""
