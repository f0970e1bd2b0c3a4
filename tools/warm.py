"""Compiles the inner loops of divisions, unless they are already, and says how far it is."""

from wangge.core import machine_code


def main() -> None:
    """Compile step by step."""
    if machine_code.is_ready():
        print("the inner loops of divisions are compiled", flush=True)
        return
    print("compiling the inner loops of divisions (a minute or two) ...", flush=True)
    from wangge.core.partition.warming import warmed  # noqa: PLC0415 - slow import: compiled code is loaded with it

    for number, step in enumerate(warmed(), 1):
        print(f"  {number} of 4: {step}", flush=True)


if __name__ == "__main__":
    main()
