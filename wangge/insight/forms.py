"""What the address of a page of figures says: which days, and by which plan of areas."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wangge.core.periods import Period, period_of
from wangge.insight.words import Plan


class PeriodForm(forms.Form):
    """A period and a plan; what nobody offers is left out, so that an old address still shows figures."""

    since = forms.DateField(label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict, today: date) -> None:
        super().__init__(data)
        self.period = self._period(data, today)
        self.plan = Plan.NOW if data.get("plan") == Plan.NOW else Plan.THEN

    def _period(self, data: QueryDict, today: date) -> Period:
        code = data.get("period", "")
        if "since" in data and not code and self.is_valid():
            return period_of("custom", today, self.cleaned_data["since"], self.cleaned_data["until"])
        return period_of(code, today)
