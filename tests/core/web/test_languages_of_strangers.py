"""Somebody unknown is met in the browser's language: by pages, refusals and the libraries alike."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("preferred", "words"),
    [
        ("zh-HK", "忘記密碼？請管理員為您設定新密碼。"),
        ("zh-SG", "忘记密码？请管理员为您设置新密码。"),
    ],
)
def test_the_login_page_is_written_in_the_browsers_language(
    client: FlaskClient, preferred: str, words: str
) -> None:
    page = client.get("/login/", headers={"Accept-Language": preferred}).get_data(as_text=True)

    assert words in page


@pytest.mark.parametrize(("preferred", "words"), [("zh-TW", "請先登入。"), ("zh-CN", "请先登录。")])
def test_a_bad_token_is_refused_in_the_callers_language(
    client: FlaskClient, preferred: str, words: str
) -> None:
    headers = {"Accept-Language": preferred, "Authorization": "Bearer made.up.token"}

    refusal = client.get("/api/v1/_openapi", headers=headers).get_json()

    assert refusal["error"]["message"] == words
