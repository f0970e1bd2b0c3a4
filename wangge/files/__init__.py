"""Photos, re-encoded and stripped before they are kept."""
