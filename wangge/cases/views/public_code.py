"""Progress by number and code, as somebody has them on paper: one answer for every wrong pair, few tries."""

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.budgets import Budget
from wangge.access.nets import net_of
from wangge.access.pages import Request
from wangge.cases.actions.intake import code_digest
from wangge.cases.forms.report import CodeForm
from wangge.cases.queries import tracking as read
from wangge.cases.views.public_door import READS, READS_AND_WRITES, public
from wangge.cases.views.public_tracking import shown

PER_NUMBER = Budget("code number", 10, 24 * 3600)
PER_NET = Budget("code net", 30, 3600)
COOKIE, SALT, LASTS = "wg_code", "wangge.code", 3600


@public(*READS_AND_WRITES)
def find(request: Request) -> HttpResponse:
    """Number and code in, and on to the progress."""
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if not form.is_bound:
        return _asked(request, form, 200)
    if not form.is_valid():
        return _asked(request, form, 422)
    number, digest = form.cleaned_data["number"], code_digest(form.cleaned_data["number"], form.cleaned_data["code"])
    if not (PER_NUMBER.has_left(number) and PER_NET.has_left(net_of(request))):
        form.add_error(None, _("Too many tries for today. Call us: we look it up for you."))
        return _asked(request, form, 429)
    PER_NUMBER.spend(number)
    PER_NET.spend(net_of(request))
    if read.by_code(number, digest) is None:
        form.add_error(None, _("Number and code do not fit together. Read both once more, or call us."))
        return _asked(request, form, 422)
    PER_NUMBER.refund(number)
    response = redirect("tracking-by-code")
    response.set_signed_cookie(
        COOKIE, f"{number}|{digest.hex()}", salt=SALT, max_age=LASTS, path=reverse("tracking-find"), httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


@public(*READS)
def by_code(request: Request) -> HttpResponse:
    """The progress for reading: no photos, no answers. The pair is checked anew each time."""
    try:
        held = request.get_signed_cookie(COOKIE, salt=SALT, max_age=LASTS)
    except (KeyError, signing.BadSignature):
        return redirect("tracking-find")
    number, _bar, digest = str(held).partition("|")
    case = read.by_code(number, bytes.fromhex(digest))
    if case is None:
        return redirect("tracking-find")
    return render(request, "cases/public/tracking.html", shown(request, case))


def _asked(request: Request, form: CodeForm, status: int) -> HttpResponse:
    context = {"form": form, "phone": read.any_duty_phone()}
    return render(request, "cases/public/code.html", context, status=status)
