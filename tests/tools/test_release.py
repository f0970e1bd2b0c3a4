"""R1: what is shipped is pinned by digest, listed with its terms, without secrets, built twice to the same bytes."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from tools import locks, release, repository, sbom
from tools.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_package_is_pinned_by_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    held = re.findall(r"^[A-Za-z0-9._\[\]-]+==", LOCK, re.MULTILINE)
    assert locks.check() == []
    assert len(held) > 50
    print(f"R1 locks: {len(held)} packages of Python and {len(packages) - 1} of npm, each with its digest")


@pytest.mark.parametrize("line", ["evil==1.0", "evil==1.0 \\\n    --hash=md5:00", "evil @ https://example.invalid/x"])
def test_a_package_without_a_digest_is_found(line: str) -> None:
    assert locks.check_python(f"{LOCK}\n{line}\n") != []


def test_the_bill_names_each_shipped_package_once_with_version_digest_and_terms() -> None:
    components = sbom.bill()["components"]
    names = [one["purl"] for one in components]
    assert (len(names), names) == (len(set(names)), sorted(names))
    assert {"pkg:pypi/django", "pkg:pypi/psycopg", "pkg:npm/htmx.org"} <= {name.rpartition("@")[0] for name in names}
    assert [one["purl"] for one in components if not one["hashes"] or not one["licenses"][0]["license"]["name"]] == []
    assert [one for one in components if "pytest" in one["name"]] == []
    print(f"R1 bill: {len(components)} packages shipped, each with version, digest and terms")


def test_two_builds_give_the_same_bytes_and_hold_what_a_house_needs() -> None:
    name, content = release.twice()
    held = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"wangge/web/wsgi.py", "wangge/cases/migrations/search.sql", "wangge/web/static/built/manifest.json"} <= set(
        held
    )
    assert [path for path in held if path.startswith("tests/") or path.endswith(".pyc")] == []
    print(f"R1 wheel: {name}, {len(held)} files, {len(content) // 1024} KB, built twice to the same bytes")


def test_builds_that_differ_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(("1767225600", "1767312000"))
    build = release.wheel

    def other(target: Path, root: Path) -> Path:
        monkeypatch.setattr(release, "EPOCH", next(moments))
        return build(target, root)

    monkeypatch.setattr(release, "wheel", other)
    with pytest.raises(release.Unlike):
        release.twice()


SECRETS = (
    "-----BEGIN " + "RSA PRIVATE KEY-----",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "ghp_" + "a1" * 18,
    "glpat-" + "a1b2c3d4e5f6g7h8i9j0",
    "xoxb-" + "123456789012-abcdefghijkl",
    "postgres://wg:" + "k9x2m4q8z7@db/wangge",
    "SECRET_KEY = '" + "k9" * 20 + "'",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_planted_secret_is_found(secret: str) -> None:
    assert [finding.rule for finding in repository.check_text("wangge/x.py", secret)] == ["key"]


def test_no_file_holds_a_secret() -> None:
    assert [finding for finding in repository.check() if finding.rule == "key"] == []
    print(f"R1 secrets: 0 found, {len(SECRETS)} of {len(SECRETS)} planted ones found")
