"""Who acts: an account with the roles its posts give it now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Role(NamedTuple):
    """One post as the rules see it: what, where, for which organisation."""

    role: str
    area_id: int | None
    organisation_id: int | None


@dataclass(frozen=True)
class Actor:
    """An account in an open session. `token` is the session's secret: never logged, never stored.

    `reach_version` counts the changes of the area tree: what is remembered about it is remembered under this number.
    `stamp` is the oldest transaction that was under way when this one began: what changes later has no lower number.
    """

    account_id: int
    token: str = field(repr=False)
    purpose: str
    kind: str
    roles: tuple[Role, ...] = ()
    reach_version: int = 0
    stamp: int = 0

    def has(self, *roles: str) -> bool:
        return any(held.role in roles for held in self.roles)

    @property
    def role_codes(self) -> frozenset[str]:
        return frozenset(held.role for held in self.roles)

    @property
    def organisations(self) -> frozenset[int]:
        """Organisations for which the actor handles cases."""
        return frozenset(h.organisation_id for h in self.roles if h.role == "handler" and h.organisation_id is not None)

    @property
    def is_public(self) -> bool:
        """A resident at the door: no account, no post."""
        return self.kind == "public"

    def areas_of(self, roles: Iterable[str]) -> frozenset[int]:
        """Areas in which the actor holds one of the roles (the roots; their reach lies in the database)."""
        wanted = frozenset(roles)
        return frozenset(held.area_id for held in self.roles if held.role in wanted and held.area_id is not None)
