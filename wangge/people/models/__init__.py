"""Dwellings in use, households, persons and where they live; rows of lists on their way in."""

from wangge.people.models.arrivals import Arrival
from wangge.people.models.residents import DwellingUse, Household, Occupancy, Person

__all__ = ["Arrival", "DwellingUse", "Household", "Occupancy", "Person"]
