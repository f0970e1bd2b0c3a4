"""Doors of dwellings in a text: a building with a room, a house of a villagers' group; no building alone."""

import re
from collections.abc import Iterator

from wangge.core.redaction.kinds import Kind, Span

_NUMBER = r"[0-9零〇一二三四五六七八九十百两]"
_BUILDING = rf"(?:{_NUMBER}{{1,4}}|[A-Z]\d{{0,2}}|[甲乙丙丁东西南北中])"
_JOINT = r"[ ,，、-]{0,2}"
_ROOM = rf"{_NUMBER}{{1,5}} ?(?:室|房间|房(?![屋东租])|号房)"
_BARE = r"(?!1(?:10|19|20|22))[0-9]{3,4}(?![0-9A-Z年个户人元米平月%度点分次台盏吨斤张件弄号幢栋楼.:])"
_DOORS = (
    re.compile(
        rf"{_BUILDING} ?(?:幢|栋|号楼|座|\#楼?|楼){_JOINT}"
        rf"(?:(?:{_NUMBER}{{1,3}}|[甲乙丙丁东西南北中]) ?(?:单元|门洞|梯){_JOINT})?"
        rf"(?:{_NUMBER}{{1,3}} ?[楼层]{_JOINT})?(?:{_ROOM}|{_BARE})"
    ),
    re.compile(rf"{_NUMBER}{{1,5}} ?[弄号]{_JOINT}(?:{_NUMBER}{{1,4}} ?号{_JOINT})?(?:{_NUMBER}{{1,3}} ?单元)?{_ROOM}"),
    re.compile(
        r"(?<=[苑区园村寓庭府城里湾墅庄住在到去])\d{1,3}-(?:\d{1,2}-)?\d{3,4}(?:室|(?=[\u4e00-\u9fff])(?![年月日度])|(?=$))"
    ),
    re.compile(r"(?<![0-9-])\d{1,3}-(?:\d{1,2}-)?\d{3,4} ?室"),
    re.compile(r"(?<=小区|花园|新村|公寓|家园|花苑|社区|[\u4e00-\u9fff]苑)\d{3,4} ?室"),
    re.compile(rf"{_NUMBER}{{1,3}} ?[组队社]{_JOINT}{_NUMBER}{{1,4}} ?号(?![楼幢栋线路杆灯])"),
)


def doors(text: str) -> Iterator[Span]:
    """Yield the doors in a folded text, from the number of the building to that of the room."""
    for pattern in _DOORS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), Kind.DOOR
