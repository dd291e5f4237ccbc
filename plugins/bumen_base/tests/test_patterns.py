"""What codes, phone numbers and addresses on the net look like."""

import re

import pytest

from bumen_base.models.patterns import CODE, EMAIL, PHONE, WEBSITE


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        (CODE, "ALFKI"),
        (CODE, "C-00.1/2"),
        (CODE, "華北_1"),
        (PHONE, "(5) 555-4729"),
        (PHONE, "030-0074321"),
        (PHONE, "91.24.45.40"),
        (PHONE, "0912-345-678"),
        (PHONE, "+886 2 2345-6789 #12"),
        (PHONE, "02-23456789轉12"),
        (PHONE, "010 6554 3210 ext. 9"),
        (EMAIL, "service@mail.example.com.tw"),
        (WEBSITE, "www.example.com.tw"),
        (WEBSITE, "https://例子.tw/茶"),
        (WEBSITE, "example.cn:8080/a?b"),
    ],
)
def test_what_people_write_is_accepted(pattern: str, value: str) -> None:
    assert re.fullmatch(pattern, value)


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        (CODE, "A 1"),
        (CODE, "-1"),
        (PHONE, "請來電"),
        (PHONE, "12"),
        (PHONE, "02-2345-6789 #"),
        (EMAIL, "nobody@nowhere"),
        (EMAIL, "a b@example.com"),
        (EMAIL, "a@b@example.com"),
        (WEBSITE, "javascript:alert(1)"),
        (WEBSITE, "ftp://example.com"),
        (WEBSITE, "localhost"),
    ],
)
def test_anything_else_is_refused(pattern: str, value: str) -> None:
    assert not re.fullmatch(pattern, value)
