"""Cases with every kind of history, invented and written row by row; and an area that moves."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

import psycopg

from wangge.cases.models import Case, Step
from wangge.catalogue.models import Version
from wangge.places.models import Area
from wangge.places.queries import trees
from wangge.teams.models import Account, Organisation
from wangge.web.postgres.cluster import Cluster

STATES = ("closed",) * 8 + (
    "self_handled", "not_accepted", "not_accepted", "voided", "reported", "dispatched", "in_progress", "suspended",
    "handled", "revisiting", "reopened",
)  # fmt: skip
OPEN_DISPATCHED = ("dispatched", "in_progress", "suspended", "handled", "revisiting")


def invented(chance: Random, number: int, first: datetime, now: datetime) -> list[Case]:
    """Cases over all grids between two moments, a tenth of them within minutes of a midnight."""
    grids = list(Area.objects.filter(level="grid").order_by("pk").values_list("pk", flat=True))
    units = list(Organisation.objects.order_by("pk")[:4])
    category = Version.objects.filter(kind="category").order_by("pk").first()
    actor = Account.objects.get(username="system")
    cases, told = [], []
    for at in range(number):
        state = chance.choice(STATES)
        reported = first + (now - first) * chance.random()
        if at % 10 == 0:
            midnight = reported.replace(hour=16, minute=0, second=0, microsecond=0)
            reported = min(midnight + timedelta(seconds=chance.randint(-120, 120)), now)
        moves = sorted(reported + (now - reported) * chance.random() * 0.2 for _ in range(6))
        is_over = state in ("closed", "self_handled", "not_accepted", "voided")
        due = now + timedelta(hours=chance.randint(-40, 60))
        cases.append(
            Case(
                number=f"{reported:%y%m%d}-{at:06d}", area_id=chance.choice(grids), place="桂花社区（虚构）",
                text="路灯不亮（虚构）", source="web", urgent=chance.random() < 0.1, category=category, state=state,
                reported_at=reported, stage_at=moves[3], due_at=due, clock="working_day",
                lead=chance.choice(units) if state in (*OPEN_DISPATCHED, "closed") else None,
                dispatched_at=moves[1] if state in (*OPEN_DISPATCHED, "closed") else None,
                done_at=moves[5] if is_over else None, tracking_digest=sha256(b"%d" % at).digest(), code_digest=b"",
            )
        )  # fmt: skip
        told.append(moves)
    made = Case.objects.bulk_create(cases)
    steps = [step for case, moves in zip(made, told, strict=True) for step in _steps(chance, case, moves, actor)]
    Step.objects.bulk_create(steps)
    return made


def _steps(chance: Random, case: Case, moves: list[datetime], actor: Account) -> list[Step]:
    verbs: list[tuple[str, datetime, str]] = [("report", case.reported_at, "")]
    if chance.random() < 0.2:
        verbs += [("suspend", moves[1], ""), ("resume", moves[2], "")]
    if case.state == "not_accepted":
        same = chance.choice(("not_accepted.same_pending", "not_accepted.other_area"))
        verbs += [("not_accept", moves[1], "not_accepted.same_pending"), ("not_accept", moves[2], same)]
    if case.state in ("closed", "revisiting", "reopened", "voided"):
        if chance.random() < 0.3:
            verbs += [("pass_check", moves[2], ""), (chance.choice(("rate_partly", "rate_unsolved")), moves[3], "")]
        verbs += [("pass_check", moves[4], "")]
        answers = {"closed": ("rate_solved", "close_case"), "reopened": ("rate_partly", "rate_unsolved")}
        verbs += [(chance.choice(answers[case.state]), moves[5], "")] if case.state in answers else []
    return [
        Step(case=case, verb=verb, origin="", target="", at=at, actor=actor, reason=reason)
        for verb, at, reason in verbs
    ]


def moved_at_random(chance: Random, cases: list[Case], now: datetime, times: int) -> None:
    """Late moves that change past days: voided, refused as the same, closed, opened or asked again, another area."""
    actor = Account.objects.get(username="system")
    grids = list(Area.objects.filter(level="grid").values_list("pk", flat=True))
    for case in chance.sample(cases, times):
        move = chance.choice(("void", "same", "close", "reopen", "ask", "answer", "area", "dispatch"))
        if move == "area":
            case.area_id = chance.choice(grids)
        elif move == "void":
            case.state, case.done_at = "voided", now
        elif move == "same":
            case.state, case.done_at = "not_accepted", now
            Step.objects.create(case=case, verb="not_accept", at=now, actor=actor, reason="not_accepted.same_pending")
        elif move == "close":
            case.state, case.done_at = "closed", now - timedelta(days=chance.randint(0, 3))
        elif move == "reopen":
            case.state, case.done_at = "reopened", None
        elif move == "ask":
            Step.objects.create(case=case, verb="pass_check", at=now, actor=actor)
        elif move == "answer":
            Step.objects.create(case=case, verb="rate_solved", at=now, actor=actor)
        else:
            case.dispatched_at = case.reported_at + timedelta(minutes=chance.randint(1, 900))
        case.save()


def move_area(cluster: Cluster, database: str, child: int, parent: int, day: date) -> None:
    """Let an area lie in another from a day on, as the owner of the database: belonging, parent and reach."""
    with psycopg.connect(cluster.dsn("wg_super", database), autocommit=True) as server:
        server.execute("set search_path = public")
        server.execute("alter table places_area disable trigger reach")
        server.execute(
            "update places_belonging set valid_to = %s where child_id = %s and valid_to is null", [day, child]
        )
        server.execute(
            "insert into places_belonging (child_id, parent_id, valid_from) values (%s, %s, %s)", [child, parent, day]
        )
        server.execute("update places_area set parent_id = %s where id = %s", [parent, child])
        server.execute("alter table places_area enable trigger reach")
        server.execute("delete from access_reach")
        server.execute(
            "insert into access_reach (ancestor_id, descendant_id) with recursive up as ("
            " select id as ancestor_id, id as descendant_id from places_area union all"
            " select a.parent_id, up.descendant_id from up join places_area a on a.id = up.ancestor_id"
            " where a.parent_id is not null) select ancestor_id, descendant_id from up"
        )
    trees.forget()
