"""The commands of the README: targets explain themselves, results are counted whole, no test reaches a network."""

import re
import socket
import subprocess
import sys

import pytest
from pytest_socket import SocketConnectBlockedError

from tools import check, suite
from tools.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROMISED = {
    "setup",
    "demo",
    "quick",
    "test",
    "soak",
    "check",
    "bench",
    "run",
    "site",
    "screenshots",
    "lock",
    "clean",
    "release",
    "audit",
    *check.PARTS,
}


def test_every_target_says_what_it_does() -> None:
    said = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE))
    assert PROMISED - said == set()


def test_help_is_what_make_alone_does() -> None:
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, text=True, capture_output=True, check=True).stdout
    assert PROMISED - {line.split()[0] for line in said.splitlines()} == set()


def test_continuous_integration_hides_nothing() -> None:
    lines = [
        line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_an_unknown_part_or_suite_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert (check.main(["lint", "paint"]), suite.main(["paint"])) == (2, 2)
    assert "no such part: paint" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("program", "needs", "result"),
    [("pass", "", "passed"), ("raise SystemExit(3)", "", "failed"), ("pass", "not-there", "skipped")],
)
def test_a_step_is_passed_failed_or_skipped(program: str, needs: str, result: str) -> None:
    assert check.run(check.Step("toy", (sys.executable, "-c", program), needs)) == result


def test_a_program_that_is_missing_fails_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(check.Step("toy", ("wangge-not-there",))) == "failed"
    assert "make setup" in capsys.readouterr().out


def test_errors_of_a_report_count_as_failures() -> None:
    report = '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>'
    assert suite.from_junit(report) == {"passed": 4, "failed": 3, "skipped": 3}


def test_a_file_of_the_front_end_that_does_not_load_counts_as_a_failure() -> None:
    report = """{"numPassedTests": 5, "numFailedTests": 1, "numPendingTests": 2, "testResults": [
        {"status": "failed", "assertionResults": []}, {"status": "failed", "assertionResults": [{}]}]}"""
    assert suite.from_vitest(report) == {"passed": 5, "failed": 2, "skipped": 2}


def test_a_suite_that_dies_without_a_report_is_a_failure() -> None:
    assert suite.settled(suite.counted(), 4) == {"passed": 0, "failed": 1, "skipped": 0}
    assert (
        check.line(suite.total([suite.counted(passed=2), suite.counted(failed=1)])) == "2 passed, 1 failed, 0 skipped"
    )


def test_no_test_reaches_a_network() -> None:
    with socket.socket() as outside, pytest.raises((SocketConnectBlockedError, UserWarning)):
        outside.connect(("192.0.2.1", 80))
