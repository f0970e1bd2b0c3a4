"""`make check`: every gate that needs no running system, whole or by part."""

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools.tree import ROOT

BIN = Path(sys.executable).parent


class Step(NamedTuple):
    """One program of a part; `needs` names what must be there for it to make sense."""

    name: str
    command: tuple[str, ...]
    needs: str = ""


def ours(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", f"tools.{module}", *arguments)


def of(program: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / program), *arguments)


def npm(script: str) -> tuple[str, ...]:
    return ("npm", "run", "--silent", script)


PARTS: dict[str, tuple[Step, ...]] = {
    "lint": (
        Step("format", of("ruff", "format", "--check", "--quiet", ".")),
        Step("ruff", of("ruff", "check", "--quiet", ".")),
        Step("templates", of("djlint", "wangge", "--lint", "--quiet")),
        Step("styles", npm("styles"), needs="node_modules"),
        Step("house rules", ours("house_rules")),
        Step("sizes", ours("sizes")),
    ),
    "types": (
        Step("mypy", of("mypy", "--no-error-summary")),
        Step("typescript", npm("types"), needs="node_modules"),
    ),
    "contracts": (Step("contracts", of("lint-imports", "--no-logo")),),
    "catalogue": (Step("catalogue", of("wangge", "catalogue", "validate")),),
    "messages": (Step("messages", ours("messages", "check")), Step("words", ours("words"))),
    "docs": (
        Step("docstrings", ours("docstrings")),
        Step("dependencies", ours("dependencies")),
        Step("licences", ours("licences")),
        Step("locks", ours("locks")),
        Step("repository", ours("repository")),
        Step("site", ours("site")),
    ),
}

LONG = ("mypy",)  # as long as all the others together


def run(step: Step) -> str:
    """Run one step and show what it says when it fails; passed, failed or skipped."""
    started = time.monotonic()
    if step.needs and not (ROOT / step.needs).exists():
        print(f"  skipped  {step.name}: {step.needs} is not there, see `make setup`", flush=True)
        return "skipped"
    try:
        done = subprocess.run(step.command, cwd=ROOT, text=True, capture_output=True, check=False)
        code, said = done.returncode, (done.stdout + done.stderr).strip()
    except FileNotFoundError as missing:
        code, said = 1, f"{missing.filename} is not installed, see `make setup`"
    result = "failed" if code else "passed"
    told = [f"  {result}   {step.name} ({time.monotonic() - started:.1f} s)"]
    told += [f"    {line}" for line in said.splitlines()] if code else []
    print("\n".join(told), flush=True)
    return result


def check(parts: list[str]) -> dict[str, int]:
    """Run the parts, two steps at a time, the longest first, all whatever happens; how each of them ended."""
    steps = [step for part in parts or PARTS for step in PARTS[part]]
    with ThreadPoolExecutor(2) as hands:
        ended = Counter(hands.map(run, sorted(steps, key=lambda step: step.name not in LONG)))
    return {word: ended[word] for word in ("passed", "failed", "skipped")}


def line(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts[word]} {word}" for word in ("passed", "failed", "skipped"))


def main(arguments: list[str]) -> int:
    """Check; 1 when anything failed, 2 when a part is unknown."""
    if unknown := sorted(set(arguments) - set(PARTS)):
        print(f"no such part: {', '.join(unknown)}; parts are {', '.join(PARTS)}")
        return 2
    counts = check(arguments)
    print(line(counts))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
