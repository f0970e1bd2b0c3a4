"""Forms of the team page: an account, a password, a post."""

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.catalogue.asking import Asks, For
from wangge.places.models import Area
from wangge.teams.models import Account, Organisation
from wangge.teams.words import SIGN_IN_NAME, SIGN_IN_NAME_RULE

SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class AccountForm(forms.Form):
    """A new account; without a password it is reached by a bound phone only."""

    asks: ClassVar[Asks] = {"username": For("staff", ("office",)), "name": For("staff", ("office",))}

    username = forms.CharField(
        label=_("Sign-in name"), max_length=40, help_text=_("Small letters, digits, dots and dashes."),
        validators=[RegexValidator(SIGN_IN_NAME, SIGN_IN_NAME_RULE)],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=40)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Unit"), required=False)
    password = forms.CharField(
        label=_("First password"), required=False, strip=False, max_length=200, widget=SECRET,
        help_text=_("At least 10 characters. Leave it empty for grid workers who come in by phone."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["organisation"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = Organisation.objects.order_by("sort_key")

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if Account.objects.filter(username=username).exists():
            raise ValidationError(_("This sign-in name is taken."))
        return username

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if password:
            validate_password(password, Account(username=str(self.cleaned_data.get("username", ""))))
        return password


class PasswordForm(forms.Form):
    """A new password for somebody else."""

    password = forms.CharField(
        label=_("New password"), strip=False, max_length=200, widget=SECRET,
        help_text=_("At least 10 characters. All sessions of the account end."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password


class PostForm(forms.Form):
    """A role over an area or for a unit, until a day or without end."""

    role = forms.ChoiceField(label=_("Role"))
    area = forms.ChoiceField(label=_("Area"), required=False, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Unit"), required=False, help_text=_("For handlers: whom they work for.")
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until somebody ends it."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, roles: list[tuple[str, str]], areas: list[Area], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        role, area, units = self.fields["role"], self.fields["area"], self.fields["organisation"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(area, forms.ChoiceField)
        assert isinstance(units, forms.ModelChoiceField)
        role.choices = roles
        area.choices = [(str(a.pk), f"{a.parent.name} · {a.name}" if a.parent else a.name) for a in areas]
        if "handler" in dict(roles):
            units.queryset = Organisation.objects.order_by("sort_key")
        else:
            del self.fields["organisation"]

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day is None:
            return None
        end = timezone.make_aware(datetime.combine(day, time.max))
        if end <= self.now:
            raise ValidationError(_("The last day lies in the past."))
        return end

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") == "handler" and not given.get("organisation"):
            self.add_error("organisation", _("Name the unit the handler works for."))
        if given.get("role") in ("grid_worker", "secretary", "town_staff") and not given.get("area"):
            self.add_error("area", _("Choose the area of the post."))
        return given
