"""Why households are not within the band, in the reader's language: the one place for these sentences."""

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
