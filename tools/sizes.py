"""The size budget: hard limits for every file and function, aims for the whole once it is a whole."""

import ast
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tools.tree import ROOT, Finding, files, name_of, python, report, templates

PYTHON_FILE, FUNCTION, TEMPLATE, MODULE = 400, 60, 120, 300
SHORT_FUNCTION = 20
A_WHOLE = 40


@dataclass
class Lengths:
    """Lengths of one sort of thing, with the place of each."""

    limit: int
    sort: str
    found: list[tuple[int, str, int]] = field(default_factory=list)

    def over(self) -> list[Finding]:
        return [
            Finding(path, line, "size", f"{self.sort} of {length} lines; the limit is {self.limit}")
            for length, path, line in self.found
            if length > self.limit
        ]

    def percentile(self, share: float) -> float:
        lengths = sorted(length for length, _, _ in self.found)
        return lengths[min(len(lengths) - 1, int(share * len(lengths)))]

    def median(self) -> float:
        return statistics.median(length for length, _, _ in self.found)


def functions(tree: ast.Module) -> Iterable[tuple[int, int]]:
    """(length, line) of each function, decorators left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.lineno


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def typescript(root: Path) -> Iterable[Path]:
    """Modules of the front end; tests and generated types have their own measure."""
    for path in files(root / "frontend", ".ts"):
        if "generated" not in path.parts and not path.name.endswith((".test.ts", ".d.ts")):
            yield path


def measure(root: Path = ROOT) -> dict[str, Lengths]:
    """Lengths of everything that has a budget."""
    found = {
        "file": Lengths(PYTHON_FILE, "Python file"),
        "function": Lengths(FUNCTION, "function"),
        "template": Lengths(TEMPLATE, "template"),
        "module": Lengths(MODULE, "TypeScript module"),
        "test": Lengths(PYTHON_FILE, "test file"),
    }
    for path in python(root):
        text = path.read_text(encoding="utf-8")
        inside = path.relative_to(root).parts[0] != "tests"
        if text.strip():
            found["file" if inside else "test"].found.append((len(text.splitlines()), name_of(path, root), 1))
        for length, line in functions(ast.parse(text)):
            if inside or length > FUNCTION:
                found["function"].found.append((length, name_of(path, root), line))
    for path in templates(root):
        found["template"].found.append((lines(path), name_of(path, root), 1))
    for path in typescript(root):
        found["module"].found.append((lines(path), name_of(path, root), 1))
    return found


def aims(found: dict[str, Lengths]) -> list[Finding]:
    """The aims for the whole; they count from forty things of a sort on, before that they are noise."""
    wrong: list[Finding] = []

    def ask(sort: str, what: str, got: float, most: float) -> None:
        if got > most:
            wrong.append(Finding("wangge", 0, "aim", f"{sort}: {what} is {got:g}; the aim is at most {most:g}"))

    for sort, median, p95 in (("file", 80, 300), ("function", 8, 30), ("template", 25, None), ("module", 90, None)):
        if len(found[sort].found) < A_WHOLE:
            continue
        ask(sort, "median length", found[sort].median(), median)
        if p95 is not None:
            ask(sort, "95th percentile", found[sort].percentile(0.95), p95)
    every = [length for length, _, _ in found["function"].found]
    if len(every) >= A_WHOLE:
        ask("function", "share over 20 lines in percent", 100 * sum(n > SHORT_FUNCTION for n in every) / len(every), 12)
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """Everything over its limit, and every aim missed."""
    found = measure(root)
    return [finding for lengths in found.values() for finding in lengths.over()] + aims(found)


def main() -> int:
    for sort, lengths in measure().items():
        if lengths.found:
            longest = max(lengths.found)[0]
            print(
                f"{sort:9} {len(lengths.found):5}  median {lengths.median():g}"
                f"  p95 {lengths.percentile(0.95):g}  longest {longest}"
            )
    return report(check(), "sizes")


if __name__ == "__main__":
    raise SystemExit(main())
