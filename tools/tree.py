"""Which files the repository has, and what sort each is."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {
    ".git", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    ".import_linter_cache", ".make", "var", "built", "build", "dist",
}  # fmt: skip
NAMES_WHAT_IT_FORBIDS = {
    "tools/house_rules.py",
    "tools/repository.py",
    "tests/architecture/test_house_rules.py",
    "tests/architecture/test_texts.py",
}
DOMAIN_APPS = ("places", "teams", "cases", "insight")
TEXT_ENDINGS = {
    "", ".cfg", ".css", ".html", ".ini", ".js", ".json", ".lock", ".md", ".mjs", ".po", ".py", ".sh", ".sql", ".svg",
    ".toml", ".ts", ".txt", ".yaml", ".yml",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the house wants it."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message} [{self.rule}]"


def files(root: Path = ROOT, *endings: str) -> Iterator[Path]:
    """All files of the repository with one of the endings, without what is installed, built or cached."""
    for folder, names, found in os.walk(root):
        names[:] = sorted(name for name in names if name not in LEFT_OUT and not name.endswith(".egg-info"))
        for name in sorted(found):
            path = Path(folder, name)
            if not endings or path.suffix in endings:
                yield path


def python(root: Path = ROOT, *folders: str) -> Iterator[Path]:
    """Python files of the folders, migrations left out."""
    for folder in folders or ("wangge", "tests", "tools"):
        for path in files(root / folder, ".py"):
            if "migrations" not in path.parts:
                yield path


def templates(root: Path = ROOT) -> Iterator[Path]:
    """Templates of Django, of pages and of texts."""
    for path in files(root / "wangge", ".html", ".txt", ".svg"):
        if "templates" in path.relative_to(root).parts:
            yield path


def apps(root: Path = ROOT) -> list[Path]:
    """The folders of the packages on the floors."""
    return sorted(path.parent for path in (root / "wangge").glob("*/__init__.py"))


def copy_tree(target: Path, root: Path = ROOT) -> Path:
    """The Python files of the product and the settings of the tools in a folder of their own, to try things on."""
    for path in [*files(root / "wangge", ".py"), root / "pyproject.toml"]:
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return target


def name_of(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).as_posix()


def report(findings: list[Finding], what: str) -> int:
    """Print what was found; the exit code of the program."""
    for finding in findings:
        print(finding)
    print(f"{what}: {f'{len(findings)} to mend' if findings else 'in order'}")
    return 1 if findings else 0
