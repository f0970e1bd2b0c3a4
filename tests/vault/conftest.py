"""A key store of the test's own under the settings of the house."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from wangge.vault.keys import KeyStore


@pytest.fixture
def own_keys(system: None, tmp_path: Path) -> Iterator[KeyStore]:
    """Keys may die here: the other tests keep theirs. Both compartments of the house are opened anew."""
    from django.conf import settings
    from django.db import connection
    from django.test import override_settings

    from wangge.vault import queries

    with connection.cursor() as cursor, override_settings(WANGGE=settings.WANGGE.model_copy(update={"home": tmp_path})):
        queries._kept.cache_clear()
        cursor.execute("select count(*) from vault_compartment")
        yield queries.store()
    queries._kept.cache_clear()
