"""wangge (网格): software with which a city looks after its people through grids."""
