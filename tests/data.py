"""Where the real data lie that some tests read: WANGGE_DATA, or beside the repository; empty where they are not."""

from pathlib import Path

from tests import home

_BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
DATA = home.DATA or (str(_BESIDE) if _BESIDE.is_dir() else "")
