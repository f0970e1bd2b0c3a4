"""Dwellings in use, households, persons and where they live; organisations, property firms and their daily sheets."""

from wangge.people.models.arrivals import Arrival
from wangge.people.models.assessments import Assessment, AssessmentReview, LookReview
from wangge.people.models.canaries import Alarm, Canary
from wangge.people.models.care import CareCount, CareNeed
from wangge.people.models.firms import Firm, FirmContact, FirmRecord, FirmStaff, Managing, Premises
from wangge.people.models.merging import Apart, Merge, MergedPerson
from wangge.people.models.residents import DwellingUse, Household, Occupancy, Person
from wangge.people.models.retention import RetentionCertificate, RetentionCount, RetentionHold, RetentionRun
from wangge.people.models.rights import RightsLink, RightsRequest
from wangge.people.models.sheets import Sheet, SheetLine

__all__ = [
    "Alarm",
    "Apart",
    "Arrival",
    "Assessment",
    "AssessmentReview",
    "Canary",
    "CareCount",
    "CareNeed",
    "DwellingUse",
    "Firm",
    "FirmContact",
    "FirmRecord",
    "FirmStaff",
    "Household",
    "LookReview",
    "Managing",
    "Merge",
    "MergedPerson",
    "Occupancy",
    "Person",
    "Premises",
    "RetentionCertificate",
    "RetentionCount",
    "RetentionHold",
    "RetentionRun",
    "RightsLink",
    "RightsRequest",
    "Sheet",
    "SheetLine",
]
