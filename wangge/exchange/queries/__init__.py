"""Reads of imports: the list, what there is to map, to decide and to report."""
