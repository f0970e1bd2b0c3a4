"""The closed lists of the catalogue: kinds of entries, classes, stages, marks."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entry is; a code is unique within its kind."""

    BRANCH = "branch"
    CATEGORY = "category"
    LIMIT = "limit"
    REASON = "reason"
    FUNCTION = "function"
    ROLE = "role"
    LAW = "law"
    FIELD = "field"
    PURPOSE = "purpose"
    WORD = "word"
    CALENDAR = "calendar"
    CARE = "care"
    UNCOLLECTED = "uncollected"
    NEED = "need"
    RETENTION = "retention"


OF_SHEETS = frozenset({"biometrics", "id_pictures"})
"""What is never collected, by columns of a sheet alone: in a sentence "face" and "iris" are words like others."""


class LawRank(StrEnum):
    """What a ground is: a law, a regulation of the State Council, a national standard."""

    LAW = "law"
    REGULATION = "regulation"
    STANDARD = "standard"


class CaseClass(StrEnum):
    """The four classes of matters: event and component after GB/T 30428.2, service and consult after GB/T 33358."""

    EVENT = "event"
    COMPONENT = "component"
    SERVICE = "service"
    CONSULT = "consult"


class Stage(StrEnum):
    """The timed stages of a case."""

    VERIFY = "verify"
    ACCEPT = "accept"
    SELF_HANDLE = "self_handle"
    DISPATCH = "dispatch"
    RETURN = "return"
    CONTACT = "contact"
    HANDLE = "handle"
    CHECK = "check"
    REVISIT = "revisit"
    REOPEN = "reopen"


class Term(StrEnum):
    """Terms that belong to no stage of a case: the answer to a request about one's own data, the life of its link."""

    RIGHTS_ANSWER = "rights_answer"
    RIGHTS_LINK = "rights_link"


class Visibility(StrEnum):
    """Who may learn that there is a case of this category: everybody, reporter and staff at work on it, or few."""

    PUBLIC = "public"
    PARTIES = "parties"
    RESTRICTED = "restricted"


class Mark(StrEnum):
    """How sure we are of a value: found, found in part, recall (check it), our own design."""

    FOUND = "F"
    PARTLY_FOUND = "F~"
    RECALL = "R"
    DESIGN = "D"


class ReasonList(StrEnum):
    """The closed lists of reasons; the first part of a reason's code names its list."""

    NOT_ACCEPTED = "not_accepted"
    RETURNED = "returned"
    REOPENED = "reopened"
    CLOSED = "closed"
    RIGHTS_REFUSED = "rights_refused"


class DayKind(StrEnum):
    """A day off that is not a plain weekend, or a weekend day on which people work."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


class YearStatus(StrEnum):
    """Announced by the State Council, or only what the regulation fixes beforehand."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"
