"""Pages of the area tree: as it is and was, plans that change it, and the lists by which open work is handed over."""
