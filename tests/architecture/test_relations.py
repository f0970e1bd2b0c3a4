"""Foreign keys point down the floors."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tools.relations import floors, upward

pytestmark = pytest.mark.django


@pytest.fixture
def toy(django_apps: None) -> Iterator[dict[str, Any]]:
    """Toy tables on real floors, forgotten afterwards."""
    from django.apps import apps
    from django.db import models

    def table(app: str, name: str, **fields: object) -> type[models.Model]:
        meta = type("Meta", (), {"app_label": app})
        return type(name, (models.Model,), {"__module__": f"toy.{app}", "Meta": meta, **fields})

    def key(to: str | type[models.Model]) -> object:
        return models.ForeignKey(to, models.PROTECT, related_name="+")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        high = table("cases", "ToyCase")
        side = table("delivery", "ToyMessage")
        made = {
            "upward": table("places", "ToyPlace", case=key(high)),
            "sideways": table("files", "ToyFile", message=key(side)),
            "downward": table("cases", "ToyPhoto", message=key(side)),
            "to the account": table("access", "ToyPost", account=key("teams.Account")),
        }
    yield made
    for model in (high, side, *made.values()):
        del apps.all_models[model._meta.app_label][model.__name__.lower()]
    apps.clear_cache()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("upward", ["places.ToyPlace.case -> cases.ToyCase"]),
        ("sideways", ["files.ToyFile.message -> delivery.ToyMessage"]),
        ("downward", []),
        ("to the account", []),
    ],
)
def test_a_planted_relation_is_judged_by_its_direction(toy: dict[str, Any], planted: str, found: list[str]) -> None:
    assert upward([toy[planted]], floors(), "teams.Account") == found


def test_all_our_relations_point_down(django_apps: None) -> None:
    from django.apps import apps
    from django.conf import settings

    models = [model for model in apps.get_models() if model.__module__.startswith("wangge.")]
    assert models
    assert upward(models, floors(), settings.AUTH_USER_MODEL) == []
