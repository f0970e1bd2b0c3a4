"""Homes and people (房屋与人): grids, buildings, doors, who lives behind one; finding a person; opening a field."""
