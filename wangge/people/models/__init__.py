"""Dwellings in use, households, persons and where they live; rows of lists on their way in."""

from wangge.people.models.arrivals import Arrival
from wangge.people.models.care import CareCount, CareNeed
from wangge.people.models.residents import DwellingUse, Household, Occupancy, Person

__all__ = ["Arrival", "CareCount", "CareNeed", "DwellingUse", "Household", "Occupancy", "Person"]
