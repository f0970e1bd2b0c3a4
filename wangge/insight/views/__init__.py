"""Pages of figures: the desk's, the wall's, the definitions."""
