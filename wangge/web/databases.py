"""The two connections of a process: the app role for all work, the owner for migrations only."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from wangge.web.environment import Environment
from wangge.web.postgres.layout import Home, Role, SecretLost


def _from_dsn(dsn: str) -> dict[str, Any]:
    parts = urlsplit(dsn)
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": parts.path.lstrip("/") or "wangge",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def _from_home(environment: Environment, role: Role) -> dict[str, Any]:
    home = Home(environment.home)
    try:
        password = home.password(role)
    except SecretLost:  # before the first start there is none yet
        password = ""
    return {"NAME": "wangge", "USER": role, "PASSWORD": password, "HOST": str(home.sockets), "PORT": ""}


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. Literals never travel into logs or activity views: parameters are bound by the server."""
    app = _from_dsn(environment.dsn) if environment.dsn else _from_home(environment, "wg_app")
    owner = _from_dsn(environment.owner_dsn) if environment.owner_dsn else _from_home(environment, "wg_owner")
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
    options = {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "options": "-c statement_timeout=5000 -c lock_timeout=4000",
    }
    return {
        "default": {**common, **app, "CONN_MAX_AGE": 600, "OPTIONS": options},
        "owner": {**common, **owner, "OPTIONS": {"server_side_binding": False}, "TEST": {"MIRROR": "default"}},
    }
