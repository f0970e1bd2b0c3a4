"""Labels carry both languages or are refused."""

import pytest

from wangge.core.labels import BadLabel, Label


def test_a_label_speaks_both_languages() -> None:
    label = Label.of({"zh-Hans": "暴露垃圾", "en": "Exposed rubbish"})
    assert (label.in_language("zh-Hans"), label.in_language("en")) == ("暴露垃圾", "Exposed rubbish")


@pytest.mark.parametrize(
    "table",
    [{}, {"zh-Hans": "垃圾"}, {"en": "Rubbish"}, {"zh-Hans": "垃圾", "en": "Rubbish", "fr": "Ordures"}],
)
def test_a_missing_or_strange_language_is_refused(table: dict[str, str]) -> None:
    with pytest.raises(BadLabel, match="exactly zh-Hans and en"):
        Label.of(table)


@pytest.mark.parametrize(("zh_hans", "en"), [("", "x"), ("字", " "), ("\u3000", "x")])
def test_a_blank_language_is_refused(zh_hans: str, en: str) -> None:
    with pytest.raises(BadLabel, match="needs both languages"):
        Label(zh_hans, en)
