"""Figures, one named function each: from the cases where they are open or of today, else from counts of past days."""
