"""Reads of cases: lists, one case with all around it, what changed since."""
