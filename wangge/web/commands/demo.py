"""`wangge demo`: the demo town with its invented people, served; `wangge code`: a demo account's second factor."""

import click
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.utils import timezone

from wangge.access.context import looking_at_once, without_hurry
from wangge.access.models import Role
from wangge.core import machine_code
from wangge.jobs.system import as_system
from wangge.teams.models import Account
from wangge.web import house, supervisor
from wangge.web.commands.story import tell
from wangge.web.demo import mark
from wangge.web.demo.chapters import write_history
from wangge.web.demo.firms import Firms
from wangge.web.demo.generate import Drawn, draw_up
from wangge.web.demo.load import load
from wangge.web.demo.plan import SIZES, Size, load_plan, plan_for, plans
from wangge.web.demo.play import Player
from wangge.web.demo.registry import Registry
from wangge.web.demo.staffing import DEMO_PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of demo accounts, refused by a real installation
HISTORY = {"city": 200_000}
SHOWN = (
    "acceptor01", "dispatcher01", "checker01", "duty_chief01", "water01", "secretary01", "security_admin01",
    "auditor01", "wuye01",
)  # fmt: skip


@click.command()
@click.option("--host", default=None)
@click.option("--port", type=int, default=None)
@click.option("--size", type=click.Choice(SIZES), default="town", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--plan", type=click.Choice(plans()), help="The tree of areas; else the one meant for the size.")
@click.option("--load-only", is_flag=True, help="Load the data and stop.")
@click.option("--story", is_flag=True, help="Play a day in the demo that is running, and tell what happens.")
@click.option("--speed", type=click.FloatRange(min=1), default=240, show_default=True, help="Of the story's clock.")
def demo(
    *, host: str | None, port: int | None, size: Size, seed: int, plan: str | None,
    load_only: bool, story: bool, speed: float,
) -> None:  # fmt: skip
    """Serve the demo: a real division tree, everything below it invented. A second start keeps the data.

    Example: wangge demo --size city; and beside it, in another window: wangge demo --story
    """
    if story:
        tell(speed, seed)
        return
    mark.refuse_elsewhere()
    mark.refuse_in_production()
    with supervisor.running(settings.WANGGE, host=host, port=port) as running:
        mark.path().touch()
        with supervisor.step("Schema, grants and definitions"):
            house.settle(timezone.now())
        with as_system("demo"):
            empty = not Account.objects.filter(kind="person").exists()
        if empty:
            if not machine_code.is_ready(home=settings.WANGGE.home):
                with supervisor.step("Compiling the loops that divide places into grids, once, a minute or two"):
                    compile_loops()
            with supervisor.step("Drawing the places"):
                found = draw_up(load_plan(plan) if plan else plan_for(size), seed, size)
            furnish(found)
        if load_only:
            return
        running.serve()
        say_welcome(running.address)
        running.wait()


def compile_loops() -> None:
    """Compile what an installation without `make setup` has not: else the drawing would, without a word."""
    from wangge.core.partition.warming import warmed  # noqa: PLC0415 - slow import

    list(warmed())


def furnish(found: Drawn) -> None:
    """Load the town and its past, and play its reports of today through the actions."""
    now = timezone.now()
    without_hurry()
    with supervisor.step("Areas, homes and people"), as_system("demo") as system:
        looking_at_once()
        made = load(found.town, by=system, now=now)
        give_second_factors()
    if count := HISTORY.get(found.town.size):
        with click.progressbar(length=count, label="· Two years of cases") as bar:
            write_history(found, made, count, now=now, each=bar.update)
    player = Player(found.town, made, now=timezone.now(), clock=timezone.now)
    register(player)
    play(player)


def register(player: Player) -> None:
    """Whoever lives there, from a list and from the workers; the property firms and their sheets of today."""
    town, made, now = player.town, player.made, player.real_now
    with supervisor.step("Residents, needs and property firms"):
        held = Registry(town, made, player.token, now=now).write()
        lines = Firms(town, made, player.token, now=now).write()
    click.echo(f"  {held.counts['outcomes']['taken']} residents by door, {lines} lines on today's sheets of firms")


def give_second_factors() -> None:
    needing = Role.objects.filter(second_factor=True).values_list("code", flat=True)
    for account in Account.objects.filter(posts__role__in=needing).distinct():
        TOTP.activate(account, SECRET)


def play(player: Player) -> None:
    reports = len(player.town.reports)
    with click.progressbar(length=reports, label="· Playing the reports") as bar:
        moves, refused = player.play(each=lambda: bar.update(1))
    click.echo(f"  {reports} reports, {moves} moves, {refused} refused by a rule")


def say_welcome(address: str) -> None:
    click.secho(f"\n{address}", bold=True)
    click.echo(f"  All people, numbers and reports are invented. Password of every account: {DEMO_PASSWORD}")
    click.echo(f"  Accounts: {', '.join(SHOWN)}. Second factor now: {current_code()} (again: wangge code)")
    click.echo("  Ctrl-C stops everything.")


def current_code() -> str:
    """The six digits that the demo's authenticator shows now (RFC 6238)."""
    return str(format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30)))


@click.command()
def code() -> None:
    """Print the second factor of the demo's accounts and how long it is good for.

    Example: wangge code
    """
    click.echo(f"{current_code()}  ({30 - int(timezone.now().timestamp()) % 30} s)")
