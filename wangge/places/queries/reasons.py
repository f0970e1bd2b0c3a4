"""Why households are not within the band, or nothing was drawn, in the reader's language: one place for all."""

from django.utils.translation import gettext as _


def why_out(reason: str) -> str:
    """The sentence of a reason of the engine, `wangge.core.partition.Reason`."""
    return {
        "too_few": _("fewer households than one grid needs"),
        "between": _("too many for so many grids, too few for one more"),
        "cut_off": _("no way is known between this part and the rest of the community: add the lane to the map"),
        "large_unit": _("single houses so large that no set of them falls into the band"),
        "not_found": _("not found within the effort allowed; try another seed"),
    }[reason]


def why_not_drawn(trouble: str) -> str:
    """The sentence of `GridDraft.trouble`; drafts of before hold the sentence itself."""
    return {"no_homes": _("No homes are registered here: bring in the list of dwellings first.")}.get(trouble, trouble)
