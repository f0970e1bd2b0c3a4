"""Divisions written down: grids named by the local rule, tables, outlines for a map, and the report of a division."""
