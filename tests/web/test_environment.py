"""A wrong setting stops the start, and the message names the variable."""

import subprocess
import sys
from pathlib import Path

import pytest

from wangge.web.environment import BadSetting, read

BAD = [
    ({"WANGGE_PORTT": "8000"}, "WANGGE_PORTT: there is no such setting"),
    ({"WANGGE_PORT": "eighty"}, "WANGGE_PORT: Input should be a valid integer, unable to parse string as an integer"),
    ({"WANGGE_PORT": "70000"}, "WANGGE_PORT: Input should be less than or equal to 65535"),
    (
        {"WANGGE_TIME_ZONE": "Asia/Taicang"},
        "WANGGE_TIME_ZONE: there is no time zone 'Asia/Taicang'; write it as in Asia/Shanghai",
    ),
    ({"WANGGE_TIME_ZONE": "../../etc/passwd"},
     "WANGGE_TIME_ZONE: there is no time zone '../../etc/passwd'; write it as in Asia/Shanghai"),
    ({"WANGGE_SUITE": "rot13"}, "WANGGE_SUITE: Input should be 'intl' or 'gm'"),
    ({"WANGGE_IDLE_MINUTES": "0"}, "WANGGE_IDLE_MINUTES: Input should be greater than or equal to 5"),
    ({"WANGGE_SMS": "http"}, "WANGGE_SMS_URL: it is needed when WANGGE_SMS is http"),
    ({"WANGGE_SMS_URL": "file:///etc/passwd"},
     "WANGGE_SMS_URL: telephone numbers go by https, or by http to an address inside the own network"),
    ({"WANGGE_SMS_URL": "http://sms.example/send"},
     "WANGGE_SMS_URL: telephone numbers go by https, or by http to an address inside the own network"),
    ({"WANGGE_EMAIL_URL": "mail.example:587"}, "WANGGE_EMAIL_URL: write it as in smtp://user:password@mail.example:587"),
    ({"WANGGE_EMAIL_URL": "smtp://mail.example:port"},
     "WANGGE_EMAIL_URL: write it as in smtp://user:password@mail.example:587"),
    ({"WANGGE_PUBLIC_URL": "wangge.example"}, "WANGGE_PUBLIC_URL: write it as in https://wangge.example"),
    ({"WANGGE_SMS_TOKEN_FILE": "/nowhere/token"},
     "WANGGE_SMS_TOKEN_FILE: /nowhere/token cannot be read (FileNotFoundError)"),
    ({"WANGGE__FILE": "/etc/hostname"}, "WANGGE__FILE: there is no such setting"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), BAD, ids=[next(iter(given)) + str(at) for at, (given, _) in enumerate(BAD)])
def test_a_wrong_value_stops_the_start_by_its_name(given: dict[str, str], said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(given)
    assert str(refused.value) == said


def test_every_wrong_variable_is_named_at_once() -> None:
    with pytest.raises(BadSetting) as refused:
        read({"WANGGE_PORT": "x", "WANGGE_COLOUR": "red", "WANGGE_TIME_ZONE": "Mars"})
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "WANGGE_COLOUR", "WANGGE_PORT", "WANGGE_TIME_ZONE",
    ]  # fmt: skip


def test_a_wrong_secret_is_not_repeated_in_the_message() -> None:
    with pytest.raises(BadSetting) as refused:
        read({"WANGGE_EMAIL_URL": "ftp://user:geheim@mail.example"})
    assert "geheim" not in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret\n", encoding="utf-8")
    assert read({"WANGGE_SMS_TOKEN_FILE": str(tmp_path / "token")}).sms_token == "s3cret"


def test_a_secret_from_a_file_and_from_a_variable_is_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("one", encoding="utf-8")
    with pytest.raises(BadSetting) as refused:
        read({"WANGGE_SMS_TOKEN": "two", "WANGGE_SMS_TOKEN_FILE": str(tmp_path / "token")})
    assert str(refused.value) == "WANGGE_SMS_TOKEN_FILE: WANGGE_SMS_TOKEN is set as well; keep one of the two"


def test_lists_come_with_commas_and_nothing_else_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANGGE_PORT", "1")
    found = read({"WANGGE_HOSTS": "a.example, b.example,", "WANGGE_KEY_COPIES": "/a,/b", "OTHER": "x"})
    assert (found.hosts, found.key_copies, found.port) == (["a.example", "b.example"], [Path("/a"), Path("/b")], 8000)


def test_variables_of_a_test_run_are_no_settings() -> None:
    assert read({"WANGGE_SOAK": "1", "WANGGE_TEST_HOME": "/x"}).port == 8000


@pytest.mark.parametrize(
    "url", ["https://sms.example/send", "http://127.0.0.1:9/x", "http://10.1.2.3/x", "http://localhost/"]
)
def test_a_gateway_is_reached_by_tls_or_inside_the_own_network(url: str) -> None:
    assert read({"WANGGE_SMS": "http", "WANGGE_SMS_URL": url}).sms_url == url


def test_the_start_itself_ends_with_the_name_and_no_traceback(tmp_path: Path) -> None:
    environment = {"WANGGE_HOME": str(tmp_path), "WANGGE_PORT": "http", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "wangge.web.worker"], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1].partition(":")[0]) == (1, "WANGGE_PORT")
    assert "Traceback" not in done.stderr
