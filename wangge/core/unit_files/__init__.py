"""Files of units (单元: houses, stairwells) to be divided into grids, and of divisions, read into plain columns."""
