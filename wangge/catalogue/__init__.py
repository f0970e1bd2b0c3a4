"""The catalogue: what the product does differently from city to city, as validated, versioned data."""
