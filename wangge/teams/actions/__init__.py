"""All writes to accounts, posts and devices."""

from wangge.teams.actions.accounts import add_account, end_post, give_post, set_active, set_password
from wangge.teams.actions.devices import bind_device, offer_device, revoke_device, unlock_device

__all__ = [
    "add_account", "bind_device", "end_post", "give_post", "offer_device", "revoke_device", "set_active",
    "set_password", "unlock_device",
]  # fmt: skip
