"""Dwellings in use, households, persons and where they live."""

from wangge.people.models.residents import DwellingUse, Household, Occupancy, Person

__all__ = ["DwellingUse", "Household", "Occupancy", "Person"]
