"""The same person, on the desk: the list, both side by side, merged, undone; an old address leads on. All invented."""

import re

from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.people.merging import LISTED, TYPED, entry, merged
from wangge.people.models import Apart, Merge, Person


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.headers["Cache-Control"] == "no-store"
    text = str(answer.content.decode())
    for word in ("孙兰", "13800000001", "13800000002", "E00000001"):
        assert word not in text
    return text


def test_two_entries_are_found_compared_merged_and_unmerged(cast: Cast) -> None:
    kept = entry(cast.lin, cast.grid_id, TYPED)
    gone = entry(cast.lin, cast.grid_id, LISTED, at=1)
    lin = signed_in(cast.lin)
    pair = f"/people/same/{kept.pk}/{gone.pk}/"
    assert f'href="{pair}"' in page(lin, "/people/same/")
    assert f'href="{pair}"' in page(lin, f"/people/{gone.pk}/same/")
    asked = page(lin, f"/people/same/{gone.pk}/{kept.pk}/")
    assert set(re.findall(r'name="(of_\w+|numbers|purpose)"', asked)) == {"of_phone", "of_home", "purpose"}
    chosen = {"of_phone": "gone", "of_home": "kept"}
    assert lin.post(pair, chosen).status_code == 422
    assert lin.post(pair, chosen | {"purpose": "register"}).headers["Location"] == f"/people/{kept.pk}/same/"
    with cast.lin.acting():
        merge = Merge.objects.get()
    trail = page(lin, f"/people/{kept.pk}/same/")
    assert f'href="/people/merges/{merge.pk}/undo/"' in trail
    assert lin.post(pair, chosen | {"purpose": "register"}).status_code == 404
    for path in ("phone/open/", "wishes/", "leave/", "same/", "rights/", "care/"):
        assert lin.get(f"/people/{gone.pk}/{path}").headers["Location"] == f"/people/{kept.pk}/{path}"
        assert signed_in(cast.zhou).get(f"/people/{gone.pk}/{path}").status_code == 404
    assert "Telephone" in page(lin, f"/people/merges/{merge.pk}/undo/")
    assert lin.post(f"/people/merges/{merge.pk}/undo/").headers["Location"] == pair
    assert lin.post(f"/people/merges/{merge.pk}/undo/").status_code == 422
    page(lin, f"/people/merges/{merge.pk}/undo/")
    with cast.lin.acting():
        assert Person.objects.filter(pk__in=(kept.pk, gone.pk)).count() == 2


def test_two_people_stay_two_and_are_not_proposed_again(cast: Cast) -> None:
    one = entry(cast.lin, cast.grid_id, TYPED)
    two = entry(cast.lin, cast.grid_id, LISTED, at=1)
    lin, path = signed_in(cast.lin), f"/people/same/{one.pk}/{two.pk}/"
    assert lin.post(f"{path}apart/").headers["Location"] == "/people/same/"
    assert f'href="{path}"' not in page(lin, "/people/same/")
    assert 'name="again"' in page(lin, path)
    assert lin.post(f"{path}apart/", {"again": "1"}).headers["Location"] == path
    with cast.lin.acting():
        assert not Apart.objects.exists()
    assert lin.get(f"/people/same/{one.pk}/{one.pk}/").status_code == 404
    assert f'href="{path}"' in page(lin, "/people/same/?likeness=x&first=1&second=2")
    assert "<table" not in page(lin, "/people/same/?likeness=99&first=1&second=2")


def test_strangers_and_other_posts_get_nothing(cast: Cast) -> None:
    one = entry(cast.lin, cast.grid_id, TYPED)
    two = entry(cast.lin, cast.grid_id, LISTED, at=1)
    merge = merged(cast.lin, *(one, entry(cast.lin, cast.grid_id, TYPED, at=2)))
    zhou, auditor = signed_in(cast.zhou), signed_in(cast.auditor)
    assert "<table" not in page(zhou, "/people/same/")
    for path in (f"/people/same/{one.pk}/{two.pk}/", f"/people/{one.pk}/same/", f"/people/merges/{merge.pk}/undo/"):
        assert zhou.get(path).status_code == 404
        assert auditor.get(path).status_code == 409
    assert zhou.post(f"/people/merges/{merge.pk}/undo/").status_code == 404
    assert zhou.post(f"/people/same/{one.pk}/{two.pk}/apart/").status_code == 404
