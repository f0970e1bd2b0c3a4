"""Dwellings in use, households, persons and where they live; assessments and what looks were about."""

from wangge.people.models.arrivals import Arrival
from wangge.people.models.assessments import Assessment, AssessmentReview, LookReview
from wangge.people.models.care import CareCount, CareNeed
from wangge.people.models.residents import DwellingUse, Household, Occupancy, Person

__all__ = [
    "Arrival",
    "Assessment",
    "AssessmentReview",
    "CareCount",
    "CareNeed",
    "DwellingUse",
    "Household",
    "LookReview",
    "Occupancy",
    "Person",
]
