"""What is exported reads back the same; what differs is told key by key."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wangge.catalogue.compare import changes
from wangge.catalogue.reading import Body, read
from wangge.catalogue.words import Kind
from wangge.catalogue.writing import documents, toml


def test_the_shipped_catalogue_written_as_toml_reads_back_the_same(tmp_path: Path) -> None:
    ours = read()
    for name, document in documents(ours.bodies).items():
        path = tmp_path / "out" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(toml(document), encoding="utf-8")
    assert read(shipped=tmp_path / "out").digest == ours.digest


def test_a_leaf_is_written_with_its_own_clocks_only() -> None:
    leaves = {leaf["code"]: leaf for leaf in documents(read().bodies)["cases/gas"]["category"]}
    assert leaves["gas.leak"]["clocks"] == {"handle": {"amount": 1, "kind": "emergency_hour"}}
    assert leaves["gas.safety_check"].get("clocks") is None  # five working days are the usual limit


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(), st.booleans())
def test_any_text_survives_toml(text: str, number: int, flag: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    import tomllib

    entry = {"code": "a", "zh-Hans": text, "inside": {"list": [text, "b"], "number": number % 2**62}, "flag": flag}
    assert tomllib.loads(toml({"word": [entry]})) == {"word": [entry]}


def test_changes_name_what_was_added_changed_and_withdrawn() -> None:
    def body(code: str, **keys: object) -> Body:
        return Body(Kind.FUNCTION, code, {"code": code, **keys})

    kept: dict[tuple[str, str], dict[str, object]] = {
        ("function", "same"): {"code": "same"},
        ("function", "new_words"): {"code": "new_words", "label": {"en": "Old"}},
        ("function", "gone"): {"code": "gone"},
        ("function", "long_gone"): {"code": "long_gone", "active": False},
        ("role", "other_kind"): {"code": "other_kind"},
    }
    found = changes([body("same"), body("new_words", label={"en": "New"}), body("fresh")], kept)
    assert [(c.what, c.code, c.keys) for c in found] == [
        ("added", "fresh", ()),
        ("withdrawn", "gone", (("active", True, False),)),
        ("changed", "new_words", (("label.en", "Old", "New"),)),
    ]
