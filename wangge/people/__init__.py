"""Residents and households: who lives where, known once, used by all, seen by few."""
