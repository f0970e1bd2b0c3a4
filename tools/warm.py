"""Compiles the inner loops of divisions and says how far it is; older compiled code is dropped."""

from pathlib import Path

from tools.tree import ROOT

COMPILED = ("*.nbi", "*.nbc")


def dropped(root: Path = ROOT) -> int:
    """Remove what numba kept: it looks at a file's own age alone, not at what was compiled into it from others."""
    old = [path for pattern in COMPILED for path in (root / "wangge" / "core").rglob(pattern)]
    for path in old:
        path.unlink()
    return len(old)


def main() -> None:
    """Start from nothing and compile step by step."""
    dropped()
    print("compiling the inner loops of divisions (two minutes) ...", flush=True)
    from wangge.core.partition.warming import warmed  # noqa: PLC0415 - slow import: compiled code is loaded with it

    for number, step in enumerate(warmed(), 1):
        print(f"  {number} of 3: {step}", flush=True)


if __name__ == "__main__":
    main()
