"""The frame of the desk leads each person to where their own work begins."""

import re

from tests.browse import signed_in
from tests.cast import Cast, Person


def brand(person: Person, path: str) -> list[str]:
    return re.findall(r'class="wg-brand" href="([^"]*)"', signed_in(person).get(path).content.decode())


def test_the_name_of_the_house_leads_to_ones_own_work(cast: Cast) -> None:
    people = (cast.acceptor, cast.auditor, cast.system_admin)
    assert [brand(person, "/me/") for person in people] == [["/desk/"], ["/book/"], ["/team/"]]
