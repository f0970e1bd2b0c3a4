"""Lists from outside: read, mapped, checked, decided by a person, taken in chunks, and given back as a whole."""
