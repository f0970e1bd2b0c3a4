"""All writes to cases: intake, the moves at the centre, at the unit, of supervision, of the resident."""

from collections.abc import Callable

from wangge.cases.actions.centre import accept, dispatch, file_case, not_accept, take_back, verify_first
from wangge.cases.actions.contact import open_contact
from wangge.cases.actions.field import self_handle, verify
from wangge.cases.actions.intake import Received, Report, register, report
from wangge.cases.actions.resident import rate_partly, rate_solved, rate_unsolved, reopen, supplement
from wangge.cases.actions.supervision import (
    add_note,
    ask_void,
    close_case,
    fail_check,
    grant_extension,
    pass_check,
    refuse_extension,
    resume,
    send_to_check,
    suspend,
    urge,
    void,
)
from wangge.cases.actions.unit import ask_extension, handle, return_case, start
from wangge.cases.models import Case

BY_VERB: dict[str, Callable[..., Case]] = {
    function.__name__: function
    for function in (
        verify, self_handle, accept, not_accept, verify_first, file_case, dispatch, take_back,
        start, return_case, ask_extension, handle,
        grant_extension, refuse_extension, suspend, resume, send_to_check, pass_check, fail_check,
        close_case, urge, add_note, ask_void, void,
        rate_solved, rate_partly, rate_unsolved, reopen, supplement,
    )
}  # fmt: skip

__all__ = [
    "BY_VERB", "Received", "Report",
    "accept", "add_note", "ask_extension", "ask_void", "close_case", "dispatch", "fail_check", "file_case",
    "grant_extension", "handle", "not_accept", "open_contact", "pass_check", "rate_partly", "rate_solved",
    "rate_unsolved",
    "refuse_extension", "register", "reopen", "report", "resume", "return_case", "self_handle", "send_to_check",
    "start", "supplement", "suspend", "take_back", "urge", "verify", "verify_first", "void",
]  # fmt: skip
