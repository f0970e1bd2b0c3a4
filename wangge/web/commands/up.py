"""`wangge up`: the database, the worker and the web server of one installation, started and stopped together."""

import click
from django.conf import settings
from django.utils import timezone

from wangge.web import house, supervisor
from wangge.web.demo import mark


@click.command()
@click.option("--host", default=None, help="Address to serve on (WANGGE_HOST).")
@click.option("--port", type=int, default=None, help="Port to serve on (WANGGE_PORT).")
def up(host: str | None, port: int | None) -> None:
    """Start everything and serve until Ctrl-C.

    Example: wangge up --host 0.0.0.0 --port 8000
    """
    mark.refuse_in_production()
    with supervisor.running(settings.WANGGE, host=host, port=port) as running:
        with supervisor.step("Schema, grants and definitions"):
            house.settle(timezone.now())
        running.serve()
        click.secho(f"\n{running.address}\n", bold=True)
        click.echo("Ctrl-C stops everything.")
        running.wait()
