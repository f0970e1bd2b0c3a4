"""What the product says, and what no file of the repository holds."""

import pytest

from tools import repository, words


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("已经收到", "操作成功"),
        ("手机号少一位：要 11 位", "手机号无效"),
        ("请拨 0512-0000 1234", "务必今天办完"),
        ("办完了", "办完了！"),
        ("谁来办，什么时候办完", "谁来办,什么时候办完"),
        ("到 09:00 为止", "到九点:办完"),
        ("第 3.5 版（草稿）", "草稿(第三版)的"),
        ("%(name)s，您好", "亲，您好"),
    ],
)
def test_chinese_is_plain_calm_and_full_width(good: str, bad: str) -> None:
    assert (words.chinese(good), bool(words.chinese(bad))) == ([], True)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("Send the report", "Submit the report"),
        ("The number is one digit short", "Invalid number"),
        ("Who reports", "The user who reports"),
        ("Give a reason", "Please give a reason"),
        ("%(users)s open", "Oops"),
        ("Reusable", "Stop!"),
    ],
)
def test_english_is_plain_and_calm(good: str, bad: str) -> None:
    assert (words.english(good), bool(words.english(bad))) == ([], True)


def test_the_product_speaks_plainly() -> None:
    assert [str(found) for found in words.check()] == []


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("path", "var/log", "/work/lin/var"),
        ("path", "https://example.org/root/", "open('/root/.cache')"),
        ("path", "~/home", "cd /home/lin/wangge"),
        ("registry", "pip install wangge", "https://pypi.org/simple/django"),
        ("talk", "a model of the city", "this text was generated with love"),
        ("key", "a private key", "-----BEGIN RSA PRIVATE KEY-----"),
        ("phone", "138 0000 1234, 13800001234, 0512-0000 1234", "13912345678"),
        ("phone", "260301-123456", "0512-5312 3456"),
    ],
)
def test_what_no_file_holds_is_found(rule: str, good: str, bad: str) -> None:
    assert repository.check_text("wangge/a.py", good) == []
    assert [found.rule for found in repository.check_text("wangge/a.py", f"x\n{bad}")] == [rule]


def test_no_file_of_ours_holds_what_it_should_not() -> None:
    assert [str(found) for found in repository.check()] == []
