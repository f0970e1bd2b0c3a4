"""Template tags of the house; `wg` is built into every template."""
