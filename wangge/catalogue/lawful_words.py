"""How grounds, times of keeping and dates of laws are said in both languages, on pages and in the documentation."""

from collections.abc import Mapping

from wangge.catalogue.lawful import Basis, Law, Retention

YEAR = 365


def ground(basis: Basis, laws: Mapping[str, Law], language: str) -> str:
    """Return what a purpose stands on as people quote it."""
    return quoted(basis.law, basis.article or "", laws, language)


def quoted(law: str, number: str, laws: Mapping[str, Law], language: str) -> str:
    """Return an article as people quote it: 《个人信息保护法》第 13 条第 1 项, PIPL Art. 13 (1)."""
    short = laws[law].short.text(language) if law in laws else law
    article = numbered(number, language) if number else ""
    return f"{short} {article}".rstrip() if language.startswith("en") else f"《{short}》{article}"


def numbered(number: str, language: str) -> str:
    """Return the number of an article: 第 13 条第 1 项, Art. 13 (1)."""
    article, _dot, item = number.partition(".")
    if language.startswith("en"):
        return f"Art. {article} ({item})" if item else f"Art. {article}"
    return f"第 {article} 条第 {item} 项" if item else f"第 {article} 条"


def kept_for(retention: Retention, language: str) -> str:
    """Return how long something is kept: 办结后 3 年, 3 years after the case is closed."""
    after, days = retention.after.text(language), retention.days
    if language.startswith("en"):
        if not days:
            return f"destroyed as soon as {after}"
        years = days // YEAR
        span = f"{years} year{'s' * (years > 1)}" if days % YEAR == 0 else f"{days} day{'s' * (days > 1)}"
        return f"{span} after {after}"
    if not days:
        return f"{after}后马上销毁"
    return f"{after}后 {days // YEAR} 年" if days % YEAR == 0 else f"{after}后 {days} 天"


def in_force(law: Law, language: str) -> str:
    """Return from when to when a law is in force."""
    since, until = law.in_force_from.isoformat(), law.in_force_to.isoformat() if law.in_force_to else ""
    if language.startswith("en"):
        return f"{since} to {until}" if until else f"from {since}"
    return f"{since} 至 {until}" if until else f"{since} 起"
