"""The start of an installed demo: from the command to the first answered page."""

import sys
import time
from pathlib import Path

from tools.bench import servers
from tools.bench.figures import Figure, Part
from wangge.web.environment import Environment

ROUNDS = 3
HOW = "`wangge demo` on the installation of this bench (data kept), until `/health` answers; each time from a stop."


def measure(environment: Environment, port: int) -> Part:
    command = [str(Path(sys.executable).with_name("wangge")), "demo", "--port", str(port)]
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with servers.started(command, environment.home / "log" / "bench.log", WANGGE_HOME=str(environment.home)):
            servers.until_it_answers(port, "/health")
            taken.append(time.perf_counter() - begun)
    return Part("Start", HOW, (Figure("start of an installed demo, slowest", max(taken), "s", "<= 15",
                                      ", ".join(f"{each:.1f} s" for each in taken)),))  # fmt: skip
