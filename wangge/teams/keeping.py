"""Codes to bind a phone that nobody used in time."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from wangge.core.retention import Start, Way
from wangge.jobs.keeping import OfRows, end_of, register
from wangge.teams.actions.devices import remove_offers
from wangge.teams.models import Device
from wangge.teams.words import DeviceState


def offers_over(newest: date) -> QuerySet[Any]:
    """Offers whose code is over; a bound phone is none."""
    found = Device.objects.filter(state=DeviceState.OFFERED, offer_ends_at__lt=end_of(newest))
    return found.annotate(lies_in=F("area_id"), begun=TruncDate("offer_ends_at")).only("pk")


def register_all() -> None:
    """Say it once, when the app is ready."""
    register(OfRows("device_offer", Device._meta.db_table, Start.EXPIRED, Way.ROW, offers_over, remove_offers))
