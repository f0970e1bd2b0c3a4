"""Where a docstring must stand: every module, every action, every public function of core."""

import ast
from pathlib import Path

from tools.tree import ROOT, Finding, name_of, python, report

SHORTEST = 12


def wanting(path: str, tree: ast.Module) -> list[Finding]:
    """What in this module should say what it is for and does not."""
    wrong: list[Finding] = []
    first = (ast.get_docstring(tree) or "").splitlines()
    if tree.body and (not first or len(first[0]) < SHORTEST):
        wrong.append(Finding(path, 1, "module-docstring", "say in one line what this module is for"))
    parts = path.split("/")
    if "actions" not in path.removesuffix(".py").split("/") and parts[:2] != ["wangge", "core"]:
        return wrong
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            message = f"say what {node.name} means: its units, its errors, the law or standard behind it"
            wrong.append(Finding(path, node.lineno, "docstring", message))
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """Missing docstrings of the tree; tests need none, their names are sentences."""
    return [
        finding
        for path in python(root, "wangge", "tools")
        for finding in wanting(name_of(path, root), ast.parse(path.read_text(encoding="utf-8")))
    ]


if __name__ == "__main__":
    raise SystemExit(report(check(), "docstrings"))
