"""Compiles the loops of divisions beside a running house, with what nobody else wants of the processor."""

import os

import click

LOWEST = 19


def main() -> None:
    os.nice(LOWEST)
    from wangge.core.partition.warming import warmed  # noqa: PLC0415 - slow import

    for step in warmed():
        click.echo(f"compiled: {step}")


if __name__ == "__main__":
    main()
