"""What the judge of divisions finds, in sentences of the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.core.checking.findings import Finding, Kind

SAYS = {
    Kind.UNKNOWN: gettext_lazy("unit %(name)s is not in the list of units"),
    Kind.MISSING: gettext_lazy("unit %(name)s is in no grid"),
    Kind.TWICE: gettext_lazy("unit %(name)s stands in %(count)s rows that are no floor bands of it"),
    Kind.HOUSEHOLDS: gettext_lazy("unit %(name)s has %(count)s households in the division and %(limit)s in the list"),
    Kind.COMMUNITY: gettext_lazy("unit %(name)s is not in the community written beside it"),
    Kind.TWO_COMMUNITIES: gettext_lazy("general grid %(name)s lies in %(count)s communities"),
    Kind.TWO_GENERALS: gettext_lazy("micro-grid %(name)s lies in %(count)s general grids"),
    Kind.SHARED: gettext_lazy("unit %(name)s lies in %(count)s general grids, though one could hold it"),
    Kind.NO_MICRO: gettext_lazy("unit %(name)s is in no micro-grid, though others are"),
    Kind.BROKEN: gettext_lazy("general grid %(name)s is in %(count)s pieces"),
    Kind.BROKEN_MICRO: gettext_lazy("micro-grid %(name)s is in %(count)s pieces"),
    Kind.BAND: gettext_lazy("general grid %(name)s has %(count)s households; %(low)s to %(high)s could be kept here"),
    Kind.MICRO_HOUSEHOLDS: gettext_lazy("micro-grid %(name)s has %(count)s households; the limit is %(limit)s"),
    Kind.MICRO_MINUTES: gettext_lazy("micro-grid %(name)s takes %(count)s minutes; the limit is %(limit)s"),
    Kind.MINUTES: gettext_lazy(
        "the round of micro-grid %(name)s takes %(count)s minutes, not the %(limit)s that are written"
    ),
    Kind.NAMED: gettext_lazy("community %(name)s is called impossible, but by the numbers it can be divided"),
    Kind.NOT_NAMED: gettext_lazy("community %(name)s cannot be divided within the band, and this is not said"),
    Kind.NOT_KEPT: gettext_lazy(
        "in community %(name)s nothing was wrong, and %(count)s rows changed their grid all the same"
    ),
}


def said(found: Finding) -> str:
    """One broken rule, with the row of the division where it stands in one."""
    low, _to, high = found.limit.partition(":")
    given = {"name": found.name or _("(without name)"), "count": f"{found.count:g}", "limit": found.limit,
             "low": low, "high": high}  # fmt: skip
    sentence = str(SAYS[found.kind]) % given
    return _("row %(row)s: %(sentence)s") % {"row": found.row, "sentence": sentence} if found.row else sentence
