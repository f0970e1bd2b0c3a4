"""All writes to accounts, posts, phones and sessions."""

from wangge.teams.actions.accounts import (
    add_account,
    change_password,
    end_post,
    give_post,
    set_active,
    set_password,
    unlock_account,
)
from wangge.teams.actions.devices import bind_device, offer_device, revoke_device, unlock_device
from wangge.teams.actions.founding import found
from wangge.teams.actions.importing import (
    give_back_staff,
    give_back_units,
    open_accounts,
    set_end,
    take_units,
)
from wangge.teams.actions.loading import keep, keep_posts
from wangge.teams.actions.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    end_sessions_of,
    leave_session,
    reset_second_factor,
)

__all__ = [
    "add_account",
    "begin_session",
    "bind_device",
    "change_password",
    "end_other_sessions",
    "end_post",
    "end_session",
    "end_sessions_of",
    "found",
    "give_back_staff",
    "give_back_units",
    "give_post",
    "keep",
    "keep_posts",
    "leave_session",
    "offer_device",
    "open_accounts",
    "reset_second_factor",
    "revoke_device",
    "set_active",
    "set_end",
    "set_password",
    "take_units",
    "unlock_account",
    "unlock_device",
]  # fmt: skip
