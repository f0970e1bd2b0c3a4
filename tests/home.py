"""A throw-away installation for the tests: a real PostgreSQL with a furnished template, one copy for each test.

Loaded by pytest as a plugin before anything imports the settings.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import structlog

DATA = os.environ.get("WANGGE_DATA", "")  # where real data lie that some tests read; no setting of ours
MEMORY, ROOM = Path("/dev/shm"), 2 << 30


def _kept_in() -> Path | None:
    """A thousand copies of a database are made and thrown away: in memory, where there is room for some of them."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


HOME = Path(os.environ.get("WANGGE_TEST_HOME") or tempfile.mkdtemp(prefix="wangge-tests-", dir=_kept_in()))
for name in [
    name for name in os.environ if name.startswith("WANGGE_") and name not in {"WANGGE_PG_BIN", "WANGGE_SOAK"}
]:
    if not name.startswith("WANGGE_TEST_"):
        del os.environ[name]
os.environ["WANGGE_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "wangge.web.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

if "WANGGE_TEST_HOME" not in os.environ:
    atexit.register(shutil.rmtree, HOME, ignore_errors=True)

django.setup()
structlog.configure(cache_logger_on_first_use=False)  # a logger used before is listened to as well
