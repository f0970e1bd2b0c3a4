"""Who may bring lists in, who may ask for one to leave, who decides, who fetches the file."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.factors import roles_with_second_factor
from wangge.exchange.export_words import DECIDERS, EXPORT_MOVES, OVERSEERS
from wangge.exchange.exporter import exporter, exporters
from wangge.exchange.importer import importer, importers
from wangge.exchange.models import Export, Import, Source


def may_import(actor: Actor) -> str | None:
    """The pages of imports are for who may bring in at least one kind of list."""
    if any(one.may(actor) is None for one in importers()):
        return None
    return _("Lists are brought in by the administrators.")


def may_bring(actor: Actor, _source: Source, kind: str, *_given: object) -> str | None:
    """A list of this kind."""
    return importer(kind).may(actor)


def may_work_on(actor: Actor, held: Import, *_given: object, **_named: object) -> str | None:
    """This import: whoever may bring in its kind."""
    return importer(held.kind).may(actor)


def is_sure(actor: Actor) -> bool:
    """Say whether the actor holds a role that asks for a second factor: without one nobody signs in with it."""
    return bool(actor.role_codes & roles_with_second_factor())


def may_ask(actor: Actor, kind: str = "", *_given: object, **_named: object) -> str | None:
    """A list of this kind, or of any: who works on such matters and has a second factor."""
    if not is_sure(actor):
        return _("Exports are for roles with a second factor.")
    asked = [exporter(kind)] if kind else list(exporters())
    reasons = [one.may_ask(actor) for one in asked]
    return None if None in reasons else reasons[0]


def may_see_exports(actor: Actor) -> str | None:
    """Whoever has a second factor sees the own ones: asked for, or meant for the account."""
    if is_sure(actor) or actor.has(*OVERSEERS, "system"):
        return None
    return _("Exports are for roles with a second factor.")


def is_named(actor: Actor, export: Export) -> bool:
    """Say whether the actor is who asked, or the account for whom it was asked."""
    return actor.account_id in {export.by_id, export.recipient_id}


def may_see_export(actor: Actor, export: Export) -> str | None:
    """One's own exports; all of them for who decides and who audits."""
    if is_named(actor, export) or actor.has(*OVERSEERS, "system"):
        return None
    return _("This export is not yours.")


def _open(verb: str, export: Export) -> str | None:
    if verb in EXPORT_MOVES.verbs(export.state):
        return None
    return _("This is not possible now: the export is “%(state)s”.") % {"state": export.get_state_display()}


def may_decide(actor: Actor, export: Export, *_given: object, **_named: object) -> str | None:
    """The security administrator of another organisation than the one that asks, and never who asked."""
    if not actor.has(*DECIDERS):
        return _("Exports are decided by the security administrator.")
    if export.by_id == actor.account_id:
        return _("You asked for it: a second person has to decide.")
    if export.recipient_id == actor.account_id:
        return _("It is meant for you: somebody else has to decide.")
    own = organisation_of(actor)
    if own is None:
        return _("Your account names no organisation. The administrator has to enter it first.")
    if own == export.by_organisation:
        return _("It is asked for by your own organisation: somebody of another one has to decide.")
    return _open("approve", export)


def organisation_of(actor: Actor) -> int | None:
    """The organisation for which the actor works."""
    found: int | None = get_user_model().objects.values_list("organisation_id", flat=True).get(pk=actor.account_id)
    return found


def may_withdraw(actor: Actor, export: Export, **_given: object) -> str | None:
    """Who asked takes the request back."""
    if actor.account_id != export.by_id:
        return _("A request is withdrawn by who made it.")
    return _open("withdraw", export)


def may_make(actor: Actor, export: Export, *_given: object, **_named: object) -> str | None:
    """A file is made in the name of who asked, so that it holds no row which that person does not see."""
    if actor.account_id != export.by_id:
        return _("The file is made in the name of who asked.")
    return _open("make", export)


def may_download(actor: Actor, export: Export, **_given: object) -> str | None:
    """Who asked or the named account, with a second factor, while the file is there."""
    if not is_named(actor, export):
        return _("The file is fetched by who asked for it, or by the account it is meant for.")
    if not is_sure(actor):
        return _("Exports are for roles with a second factor.")
    return _open("download", export)


def may_destroy(actor: Actor, export: Export, **_given: object) -> str | None:
    """Who asked, the account it is meant for, or who decides about exports."""
    if not (is_named(actor, export) or actor.has(*DECIDERS)):
        return _("The file is destroyed by who asked for it, or by the security administrator.")
    return _open("destroy", export)


def may_expire(actor: Actor, export: Export, **_given: object) -> str | None:
    """The house does it by itself."""
    return _open("expire", export) if actor.has("system") else _("Files expire by themselves.")
