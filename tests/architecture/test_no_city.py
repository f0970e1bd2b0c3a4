"""The first city is data: its name and those of its towns and communities stand in its plan files only."""

from pathlib import Path

from tools.tree import ROOT
from wangge.web.demo.plan import load_plan

PLANS = ("taicang", "taicang_town")
CODE = ("wangge", "frontend", "tools")
KINDS = (".py", ".toml", ".ts", ".css", ".html", ".sql", ".po", ".json", ".mjs")
EVERYDAY = {"新农村", "经济开发区", "科教新城"}  # words before they are names


def names() -> set[str]:
    """Names of the first city below the province, and its own letters."""
    areas = [area for plan in PLANS for area in load_plan(plan).areas if area.level != "province"]
    bare = {area.name for area in areas} | {area.name.removesuffix("市").removesuffix("镇") for area in areas}
    return {name for name in bare if len(name) > 1} - EVERYDAY | {"taicang", "Taicang", "苏州", "Suzhou"}


def shipped() -> list[Path]:
    own = {ROOT / "wangge" / "web" / "demo" / "towns" / f"{plan}.toml" for plan in PLANS}
    files = [path for top in CODE for path in (ROOT / top).rglob("*") if path.suffix in KINDS and path.is_file()]
    return [path for path in files if path not in own and not {"built", "node_modules"} & set(path.parts)]


def told(path: Path) -> str:
    """The text without the lines that cite a source: whose practice a word comes from may be said."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("source = "))


def test_no_name_of_the_first_city_stands_in_code() -> None:
    wanted, looked = names(), shipped()
    assert len(wanted) > 170
    assert len(looked) > 300
    found = [
        (str(path.relative_to(ROOT)), name)
        for path in looked
        for text in [told(path)]
        for name in wanted
        if name in text
    ]
    assert found == []


def test_the_look_would_find_one() -> None:
    plan = (ROOT / "wangge" / "web" / "demo" / "towns" / f"{PLANS[0]}.toml").read_text(encoding="utf-8")
    assert sum(name in plan for name in names()) > 170
