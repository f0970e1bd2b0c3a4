"""Areas, grids, compounds, buildings, dwellings and their addresses."""
