"""Figures: what the cases add up to, by area, day and plan. Reads everything below, owns only counts."""
