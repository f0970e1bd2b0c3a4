"""What a piece of work took: CPU seconds, wall, and the most memory its process had. Needs nothing but Python."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def clocked(**facts: Any) -> Iterator[dict[str, Any]]:
    """Print one line of JSON when the work is done: `cpu`, `wall`, `peak_mb`, `idle_mb` before it, and the facts."""
    idle, wall, cpu = _peak(), time.perf_counter(), time.process_time()
    yield facts
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps(facts | taken | {"peak_mb": _peak(), "idle_mb": idle}), flush=True)


def _peak() -> float:
    """Return the most memory of this process in MB: getrusage would begin with that of the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
