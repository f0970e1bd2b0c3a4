"""`make test` and its smaller and larger siblings: run every suite and count everything in the last line."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import check
from tools.tree import ROOT

Counts = dict[str, int]
EXPRESSIONS = {
    "test": "not full",
    "quick": "not database and not browser and not full",
    "soak": "soak",
}
WORKERS = ("-n", "2", "--dist", "worksteal")


def counted(*, passed: int = 0, failed: int = 0, skipped: int = 0) -> Counts:
    return {"passed": passed, "failed": failed, "skipped": skipped}


def from_junit(text: str) -> Counts:
    """Counts of a JUnit report: an error is a failure, since something did not work."""
    totals = counted()
    for suite in ET.fromstring(text).iter("testsuite"):  # noqa: S314 - our own pytest wrote it a moment ago
        asked = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
        failed = asked["failures"] + asked["errors"]
        totals["failed"] += failed
        totals["skipped"] += asked["skipped"]
        totals["passed"] += asked["tests"] - failed - asked["skipped"]
    return totals


def from_vitest(text: str) -> Counts:
    """Counts of vitest's JSON report; a file that did not even load is one failure."""
    told = json.loads(text)
    unloaded = sum(1 for one in told["testResults"] if one["status"] == "failed" and not one["assertionResults"])
    return counted(
        passed=told["numPassedTests"],
        failed=told["numFailedTests"] + unloaded,
        skipped=told["numPendingTests"] + told.get("numTodoTests", 0),
    )


def settled(counts: Counts, code: int) -> Counts:
    """A suite that ended badly without naming a failure is itself one."""
    return counts if counts["failed"] or not code else {**counts, "failed": 1}


def vitest(folder: Path) -> Counts:
    """The tests of the front end; one skip when it is not installed."""
    if not (ROOT / "node_modules").exists():
        print("front end: skipped, node_modules is not there, see `make setup`")
        return counted(skipped=1)
    output = folder / "vitest.json"
    command = [
        "npx",
        "--no-install",
        "vitest",
        "run",
        "--reporter=default",
        "--reporter=json",
        f"--outputFile.json={output}",
    ]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    return settled(from_vitest(output.read_text(encoding="utf-8")) if output.exists() else counted(), code)


def pytest(folder: Path, kind: str) -> Counts:
    """The tests in Python of one kind."""
    output = folder / "pytest.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        EXPRESSIONS[kind],
        *WORKERS,
        *(("--durations=12", "--durations-min=30") if kind == "soak" else ()),
        f"--junitxml={output}",
    ]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    nothing_to_run = 5
    if code == nothing_to_run:
        return counted()
    return settled(from_junit(output.read_text(encoding="utf-8")) if output.exists() else counted(), code)


def total(parts: list[Counts]) -> Counts:
    return {word: sum(part[word] for part in parts) for word in ("passed", "failed", "skipped")}


def main(arguments: list[str]) -> int:
    """Run `test`, `quick` or `soak`; the last line counts everything."""
    kind = arguments[0] if arguments else "test"
    if kind not in EXPRESSIONS:
        print(f"no such suite: {kind}; suites are {', '.join(EXPRESSIONS)}")
        return 2
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        parts = [check.check([])] if kind == "test" else []
        parts += [vitest(folder)] if kind != "soak" else []
        counts = total([*parts, pytest(folder, kind)])
    print(check.line(counts), flush=True)
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
