"""The page of a case in the browser."""

from tests.browse import signed_in
from tests.cast import Cast


def test_first_look(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    answer = client.get("/desk/intake/")
    assert answer.status_code == 200, answer.content.decode()[:3000]
