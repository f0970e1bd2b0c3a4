"""Steps of the tables of the catalogue."""
