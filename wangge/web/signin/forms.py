"""Forms of signing in: name and password, the second factor, one's own password, the PIN of a phone."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.budgets import Budget
from wangge.teams.models import Account

CODE_TRIES = Budget("second factor", 5, 30 * 60)
CODE_ONCE = Budget("second factor used", 1, 5 * 60)
CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none",
                              "spellcheck": "false"})  # fmt: skip
PIN = {"autocomplete": "off", "inputmode": "numeric", "pattern": "[0-9]{6}", "maxlength": "6"}


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """Name and password; nothing is remembered on the machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label, password.help_text = _("Sign-in name"), _("Password"), ""
        name.widget.attrs |= {"placeholder": "", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs["placeholder"] = ""
        password.max_length = 200


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["placeholder"] = ""


class GuardedCode(forms.Form):
    """A code counts as a try before it is looked at, and works once, whichever process sees it."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of six digits")
        self.fields["code"].widget = CODE

    def clean_code(self) -> str:
        whose = str(self.user.pk)
        if not CODE_TRIES.spend(whose):
            raise ValidationError(_("Too many wrong codes. Try again in half an hour."))
        code = str(super().clean_code())  # type: ignore[misc] # allauth's form comes next in line
        if not CODE_ONCE.spend(whose, "".join(code.split())):
            raise ValidationError(_("This code was used before. Wait for the next one."))
        CODE_TRIES.refund(whose)
        return code


class CodeForm(GuardedCode, AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """The second step: a code of the authenticator, or a recovery code."""


class CodeAgainForm(GuardedCode, CodeReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The code once more, before something that matters."""


class FirstCodeForm(GuardedCode, ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code of a new authenticator, which shows that it was set up."""


class OwnPasswordForm(forms.Form):
    """One's own new password, with the present one."""

    old = forms.CharField(
        label=gettext_lazy("Present password"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    new = forms.CharField(
        label=gettext_lazy("New password"), strip=False, max_length=200,
        help_text=gettext_lazy("At least 10 characters. A sentence is easier to keep in mind than signs."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_new(self) -> str:
        password = str(self.cleaned_data["new"])
        validate_password(password, self.account)
        return password


class PinForm(forms.Form):
    """The PIN that opens the phone's screen."""

    pin = forms.CharField(label=gettext_lazy("PIN of six digits"), max_length=6, widget=forms.PasswordInput(attrs=PIN))


class NewPinForm(PinForm):
    """A new PIN, typed twice."""

    again = forms.CharField(
        label=gettext_lazy("The same PIN again"), max_length=6, widget=forms.PasswordInput(attrs=PIN)
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("The two PINs differ."))
        return given
