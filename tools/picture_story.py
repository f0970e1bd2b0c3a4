"""What the pictures show: invented reports, played in the running demo; prints the addresses as one line of JSON.

Run by `tools/screenshots.py` in the demo's environment, with Django already set up.
"""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFilter

from wangge.access.actor import Actor
from wangge.access.context import acting
from wangge.access.models import Post, Reach
from wangge.access.sessions import open_session
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case
from wangge.files.actions import keep_photo
from wangge.jobs.system import PUBLIC, account_of, as_system
from wangge.places.actions import drafts
from wangge.places.models import Area, Building, Grid
from wangge.places.queries import by_token
from wangge.places.queries.divisions import Limits
from wangge.places.words import CompoundKind
from wangge.teams import actions as teams
from wangge.teams.models import Account, Organisation

LEAK = "门口地砖下面一直在冒水，路上积水了，电动车打滑，请快点来看看，家里有小孩和老人天天从这里走。"
LAMP = "楼道三层的灯坏了好几天，晚上看不见台阶，昨天有人踩空了。"
PHONE = "13800000016"  # invented
GREY, DARK, WATER, SKY = (150, 148, 142), (112, 110, 106), (139, 170, 190), (206, 217, 224)
SIZE = (960, 720)


def drawing(*, wet: bool, shift: int = 0) -> bytes:
    """A paved path in front of a house, with water on it or mended: drawn, so that nobody's street is shown."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 150, width, 330), fill=(196, 186, 170))
    for left in range(60 - shift, width, 210):
        draw.rectangle((left, 185, left + 110, 290), fill=(120, 138, 150))
    draw.rectangle((0, 330, width, height), fill=GREY)
    for row, top in enumerate(range(330, height, 56)):
        draw.line((0, top, width, top), fill=DARK, width=3)
        for left in range(-(row % 2) * 60 - shift, width, 120):
            draw.line((left, top, left, top + 56), fill=DARK, width=3)
    if wet:
        draw.ellipse((150 + shift, 430, 760 + shift, 640), fill=WATER)
        draw.ellipse((330 + shift, 480, 520 + shift, 560), fill=(176, 200, 214))
    else:
        draw.rectangle((300, 442, 540, 554), fill=(176, 172, 164))
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=88)
    return out.getvalue()


@contextmanager
def as_person(login: str) -> Iterator[Actor]:
    """Act as an account of the demo; without a login as a resident."""
    account = Account.objects.get(username=login).pk if login else account_of(PUBLIC)
    kind = "web" if login else "public"
    token = open_session(account, kind=kind, purpose="duty", now=timezone.now(), lasts=timedelta(minutes=5))
    with acting(token) as actor:
        yield actor


def reported(building: Building, text: str, at: datetime, photos: int) -> actions.Received:
    with as_person("") as resident:
        place = by_token(building.token)
        assert place is not None
        kept = tuple(keep_photo(drawing(wet=True, shift=60 * n), owner="case", now=at) for n in range(photos))
        given = actions.Report(place, text, source="qr", phone=PHONE, photos=kept)
        return actions.report(given, by=resident, now=at)


def moved(received: actions.Received, verb: str, login: str, at: datetime, note: str = "", **asked: Any) -> None:
    with as_person(login) as actor:
        photos = (keep_photo(drawing(wet=False), owner="case", now=at),) if verb == "handle" else ()
        case = Case.objects.get(number=received.case.number)
        actions.BY_VERB[verb](case, by=actor, now=at, said=Said(note, photos=photos), **asked)


def until_started(building: Building, worker: str, begun: datetime, photos: int) -> actions.Received:
    """A leak: seen by the grid worker, accepted, with the water company."""
    received = reported(building, LEAK, begun, photos)
    seen, accepted, sent, started = (begun + timedelta(minutes=n) for n in (11, 16, 21, 38))
    moved(received, "verify", worker, seen, "水从地砖缝里出来，不是雨水，已放锥桶。", outcome="exists")
    moved(received, "accept", "acceptor01", accepted, category="water.burst_pipe")
    with as_person("dispatcher01"):
        water = Organisation.objects.get(code="water")
    moved(received, "dispatch", "dispatcher01", sent, organisation=water)
    moved(received, "start", "water01", started, "抢修班 2 人已到，先关西侧阀门，影响附近几幢楼约 2 小时。")
    return received


def until_checked(building: Building, worker: str, begun: datetime) -> actions.Received:
    """Mended, and looked at by somebody else: now the resident is asked."""
    received = until_started(building, worker, begun, 1)
    mended, checked = (begun + timedelta(minutes=n) for n in (190, 260))
    moved(received, "handle", "water01", mended, "换了 1.2 米水管，地砖已铺平。")
    moved(received, "pass_check", "checker01", checked, "已看过，不冒水了。")
    return received


def waiting(buildings: list[Building], now: datetime) -> None:
    """Two fresh reports in the worker's grid."""
    reported(buildings[-1], LAMP, now - timedelta(minutes=24), 0)
    reported(buildings[len(buildings) // 2], "井盖晃动，一踩就响，怕有人绊倒。", now - timedelta(minutes=9), 1)


def ground() -> tuple[list[Building], str, str]:
    """The buildings of the largest estate grid that has a worker, with the accounts of worker and secretary."""
    with as_system("pictures"):
        posts = dict(Post.objects.filter(role_id="grid_worker").values_list("area_id", "account__username"))
        found = Building.objects.filter(grid_id__in=posts).exclude(compound__kind=CompoundKind.VILLAGE)
        grids = found.exclude(compound=None).values("grid_id", "grid__parent_id").annotate(n=Count("pk"))
        held = grids.order_by("-n", "grid_id")[0]
        secretaries = Post.objects.filter(role_id="secretary", area_id=held["grid__parent_id"])
        secretary = secretaries.order_by("pk").values_list("account__username", flat=True)[0]
        there = list(found.filter(grid_id=held["grid_id"]).order_by("compound_id", "order"))
        return there, posts[held["grid_id"]], secretary


def offered(worker: str, secretary: str, grid_id: int) -> str:
    """The address with which the worker binds a phone, as the secretary shows it."""
    with as_person(secretary) as by:
        account = Account.objects.get(username=worker)
        return teams.offer_device(account, area_id=grid_id, by=by, now=timezone.now()).secret


def divided(now: datetime) -> int:
    """A draft of grids for the community with the most homes, made by its town."""
    with as_system("pictures"):
        homes = Grid.objects.filter(kind="general_grid", area__valid_to__isnull=True).values("area__parent_id")
        community = homes.annotate(n=Sum("households")).order_by("-n")[0]["area__parent_id"]
        above = Reach.objects.filter(descendant_id=community).values("ancestor_id")
        town = Post.objects.filter(role_id="town_staff", area_id__in=above).order_by("pk")
        planner = town.values_list("account__username", flat=True)[0]
    with as_person(planner) as by:
        limits = vars(Limits(low=60, high=110, micro_max=40))  # the small demo has small communities
        draft = drafts.begin(Area.objects.get(pk=community), wish="anew", limits=limits, note_text="", by=by, now=now)
        return drafts.draw(draft, by=by, now=now).pk


def main() -> None:
    """Play the stories and print what the photographer needs as one line of JSON."""
    now = timezone.now()
    buildings, worker, secretary = ground()
    building = buildings[-2]
    waiting(buildings, now)
    rated = until_checked(buildings[1], worker, now - timedelta(hours=7))
    working = until_started(building, worker, now - timedelta(minutes=72), 2)
    with as_person(worker):
        grid = Grid.objects.get(area_id=building.grid_id).token
    found = {
        "building": building.token, "grid": grid, "case": working.case.number, "tracking": working.token,
        "answer": rated.token, "phone": offered(worker, secretary, building.grid_id),
        "grids": str(divided(now)),
    }  # fmt: skip
    sys.stdout.write(json.dumps(found) + "\n")
