"""How somebody lives in a dwelling, what is kept of a person, who said so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wangge.core.identifiers import DocumentKind

COMPARTMENT = "registry"
"""The compartment of the vault in which the peacetime registry is sealed."""


class Tenure(models.TextChoices):
    """By what right somebody lives in a dwelling. Rights here are the same for all (人户一致与否，服务一样)."""

    OWNER = "owner", _("Lives in own home")
    TENANT = "tenant", _("Rents")
    DORMITORY = "dormitory", _("Employer's dormitory")
    GUEST = "guest", _("Guest")


class Relation(models.TextChoices):
    """What somebody is to the person whom the household named first."""

    FIRST = "first", _("Named first")
    SPOUSE = "spouse", _("Husband or wife")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    RELATIVE = "relative", _("Other relative")
    SHARING = "sharing", _("Shares the home")


class Use(models.TextChoices):
    """What a dwelling is used for, as it was seen or said last."""

    LIVED_IN = "lived_in", _("Lived in")
    VACANT = "vacant", _("Vacant")
    BUSINESS = "business", _("Used for business")
    OTHER = "other", _("Not used as a home")


class Kept(models.TextChoices):
    """The sealed fields of a person; each is opened by itself, for a purpose."""

    NAME = "name", _("Name")
    DOCUMENT = "document", _("Identity document")
    PHONE = "phone", _("Telephone")


KEPT = tuple((kept, kept.value) for kept in Kept)
"""The fields with their codes, for loops over a million rows."""


class Document(models.TextChoices):
    """Kinds of identity document; the kind is sealed together with the number, for it tells where somebody is from."""

    CITIZEN_ID = DocumentKind.CITIZEN_ID.value, _("Citizen identity card")
    RESIDENCE_PERMIT = (
        DocumentKind.RESIDENCE_PERMIT.value,
        _("Residence permit for Hong Kong, Macao and Taiwan residents"),
    )
    HOME_PERMIT = DocumentKind.HOME_PERMIT.value, _("Mainland travel permit for Hong Kong and Macao residents")
    STRAIT_PERMIT = DocumentKind.STRAIT_PERMIT.value, _("Mainland travel permit for Taiwan residents")
    PERMANENT_RESIDENCE = DocumentKind.PERMANENT_RESIDENCE.value, _("Foreign permanent resident card")
    PASSPORT = DocumentKind.PASSPORT.value, _("Passport")


class Channel(models.TextChoices):
    """How somebody wants to be reached; nobody needs a telephone."""

    PHONE = "phone", _("Telephone call")
    SMS = "sms", _("Text message")
    FAMILY = "family", _("Through family")
    NEIGHBOUR = "neighbour", _("Through a neighbour")
    PAPER = "paper", _("A note at the door")


class Source(models.TextChoices):
    """Who said it: the first part of a source such as `import:12`."""

    RESIDENT = "resident", _("Said so themselves")
    FAMILY = "family", _("Family")
    WORKER = "worker", _("Grid worker")
    DESK = "desk", _("Community desk")
    SHEET = "sheet", _("Property firm's daily sheet")
    IMPORT = "import", _("Imported list")
    AUTHORITY = "authority", _("Shared by an authority")


class Fate(models.TextChoices):
    """What becomes of a row of a list of persons when it is taken."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same as before")
    OUT = "out", _("Left out")


class Conclusion(models.TextChoices):
    """What an impact assessment concludes."""

    GO = "go", _("May go on")
    MEASURES = "measures", _("May go on with the measures")
    STOP = "stop", _("Not to be done")


class Outcome(models.TextChoices):
    """What looks that stood out were about."""

    EXPLAINED = "explained", _("Explained: it was the work of that day")
    ADVISED = "advised", _("Talked over: to be done otherwise")
    MISUSE = "misuse", _("Without reason: reported")


def told_by(source: str) -> str:
    """Who a source is, in words: `import:12` is an imported list."""
    kind = source.partition(":")[0]
    return str(Source(kind).label) if kind in Source.values else ""


def folded(name: str) -> str:
    """What the blind index of a name is made of: its case does not count."""
    return name.casefold()


def number_of(document: str) -> str:
    """What the blind index of a document, sealed as `kind:number`, is made of: the number, whatever its kind."""
    return document.rpartition(":")[2]


class Basis(models.TextChoices):
    """On what a need is written down: separate consent, or urgent protection of life (PIPL Art. 13, 29)."""

    CONSENT = "consent", _("Separate consent")
    URGENT = "urgent", _("Urgent protection of life")


class Consent(models.TextChoices):
    """How the consent was given."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Spoken before a witness")
    GUARDIAN = "guardian", _("By the guardian")


class CareEnd(models.TextChoices):
    """Why a need is no longer kept."""

    NOT_NEEDED = "not_needed", _("No longer needed")
    MISTAKE = "mistake", _("Written down by mistake")
    MOVED = "moved", _("Moved away")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed for six months")
    NO_CONSENT = "no_consent", _("No consent followed within 30 days")


class Hand(models.TextChoices):
    """Who looks after somebody, and who stands in."""

    CARER = "carer", _("Carer")
    DEPUTY = "deputy", _("Stands in")


class RunState(models.TextChoices):
    """From the wish to the certificate."""

    ASKED = "asked", _("Waits for its turn")
    AT_WORK = "at_work", _("At work")
    DONE = "done", _("Done")
    CERTIFIED = "certified", _("Done, with certificate")


class HoldGround(models.TextChoices):
    """Why something stays longer than its rule says: closed, so that "in case we need it" is none of them."""

    DISPUTE = "dispute", _("A lawsuit, arbitration or appeal")
    INSPECTION = "inspection", _("An inspection by an authority")
    REQUEST = "request", _("A request of the person under way")
    LAW = "law", _("A law that names a longer time")


class EraseGround(models.TextChoices):
    """Why a person is removed from the registry at once (PIPL Art. 47)."""

    PURPOSE_MET = "purpose_met", _("The purpose is met or cannot be met")
    CONSENT_WITHDRAWN = "withdrawn", _("Consent was withdrawn")
    TIME_OVER = "time_over", _("The time of keeping is over")
    UNLAWFUL = "unlawful", _("It was kept against the law or an agreement")
    MISTAKE = "mistake", _("Written down by mistake")


class TwoNumbers(models.TextChoices):
    """Why two entries with different document numbers are one person all the same."""

    MISTYPED = "mistyped", _("One number was written down wrongly")
    REPLACED = "replaced", _("The document was replaced by a new one")
    KINDS = "kinds", _("Two documents of one person")


class Likeness(models.TextChoices):
    """Why two entries may be one person, the strongest first."""

    DOCUMENT = "document", _("Same document number")
    NAME_PHONE = "name_phone", _("Same name and telephone")
    NAME_DOOR = "name_door", _("Same name at one door")
    VARIANT = "variant", _("Name written otherwise, at one door")
    PHONE = "phone", _("Same telephone in two homes")
    NAME = "name", _("Same name in the community")
