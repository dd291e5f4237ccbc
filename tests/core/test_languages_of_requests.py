"""The language of a request: whose wish counts, and that libraries and pages follow it."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g, jsonify, render_template, request
from flask_babel import Babel, format_date, format_datetime, lazy_gettext
from flask_babel import gettext as library_gettext
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from bumen.host import Host
from bumen.i18n import language, speaking
from bumen.registry import Candidate
from bumen.settings import Settings
from bumen.web.babel import choose_language, html_lang, init_babel, library_text

SAVE = lazy_gettext("Save")
WORDS = {"en": "Save", "zh_Hant": "儲存", "zh_Hans": "保存"}


class NoteForm(FlaskForm):
    """A form is what WTForms' messages are seen on."""

    title = StringField(validators=[DataRequired()])
    text = StringField(validators=[Length(max=3)])


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application that says which language it speaks; the person and company are in headers."""
    application = Flask("speaking")
    application.config.update(SECRET_KEY="made up", WTF_CSRF_ENABLED=False, TESTING=True)
    Babel(application)

    @application.before_request
    def enter() -> None:
        g.user = SimpleNamespace(locale=request.headers.get("X-User-Language"))
        g.company = SimpleNamespace(
            locale=request.headers.get("X-Company-Language"), timezone="Asia/Taipei"
        )

    settings = Settings(data_dir=tmp_path, _env_file=None)
    init_babel(application, Host.start(settings, [Candidate("notes", "notes")]))

    @application.get("/")
    def home() -> str:
        return f"{language()} {html_lang()} {SAVE} {library_gettext('Save')}"

    @application.get("/time")
    def time() -> str:
        moment = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
        return f"{format_date(moment, 'full')} {format_datetime(moment, 'HH:mm')}"

    @application.post("/form")
    def form() -> object:
        sent = NoteForm()
        sent.validate()
        return jsonify(sent.errors)

    return application


def said(app: Flask, path: str = "/", **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, headers=named).get_data(as_text=True)


@pytest.mark.parametrize(
    ("browser", "language", "html"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh_Hant", "zh-Hant-TW"),
        ("zh-HK", "zh_Hant", "zh-Hant-TW"),
        ("zh-CN,zh;q=0.9", "zh_Hans", "zh-Hans-CN"),
        ("ja,zh-TW;q=0.5", "zh_Hant", "zh-Hant-TW"),
        ("fr", "en", "en"),
        ("", "en", "en"),
    ],
)
def test_the_browsers_language_is_spoken(
    app: Flask, browser: str, language: str, html: str
) -> None:
    words = WORDS[language]

    assert said(app, Accept_Language=browser) == f"{language} {html} {words} {words}"


def test_the_persons_own_choice_beats_the_browsers(app: Flask) -> None:
    answer = said(app, X_User_Language="zh_Hans", Accept_Language="zh-TW")

    assert answer.startswith("zh_Hans ")


def test_the_sessions_choice_beats_the_browsers(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["locale"] = "zh_Hans"

    answer = client.get("/", headers={"Accept-Language": "zh-TW"}).get_data(as_text=True)

    assert answer.startswith("zh_Hans ")


def test_the_companys_language_is_spoken_to_those_whose_own_is_unknown(app: Flask) -> None:
    answer = said(app, X_Company_Language="zh_Hant_TW", Accept_Language="fr")

    assert answer.startswith("zh_Hant ")


def test_the_address_may_ask_for_a_language(app: Flask) -> None:
    assert said(app, "/?_l_=zh_Hans", X_User_Language="zh_Hant").startswith("zh_Hans ")


def test_an_unknown_wish_is_passed_over(app: Flask) -> None:
    assert said(app, "/?_l_=xx", Accept_Language="zh-TW").startswith("zh_Hant ")


def test_after_the_request_the_language_is_what_it_was(app: Flask) -> None:
    with speaking("zh_Hans"):
        said(app, Accept_Language="zh-TW")

        assert language() == "zh_Hans"


def test_whatever_is_refused_before_the_person_is_known_is_refused_in_the_browsers_language(
    app: Flask,
) -> None:
    app.before_request_funcs[None].insert(1, lambda: str(SAVE))

    assert said(app, Accept_Language="zh-TW") == "儲存"


def test_the_language_may_be_chosen_again_when_the_company_is_known(app: Flask) -> None:
    with app.test_request_context():
        app.preprocess_request()
        g.company = SimpleNamespace(locale="zh_Hant")

        choose_language()

        assert (language(), str(SAVE)) == ("zh_Hant", "儲存")


@pytest.mark.parametrize(
    ("browser", "required", "long"),
    [
        ("zh-TW", "此欄位必填。", "最多 3 個字元。"),
        ("zh-CN", "此字段为必填项。", "最多 3 个字符。"),
        ("en", "This field is required.", "Field cannot be longer than 3 characters."),
    ],
)
def test_forms_refuse_in_the_language_of_the_request(
    app: Flask, browser: str, required: str, long: str
) -> None:
    client = app.test_client()

    answer = client.post("/form", data={"text": "abcd"}, headers={"Accept-Language": browser})

    assert answer.get_json() == {"title": [required], "text": [long]}


@pytest.mark.parametrize(
    ("browser", "moment"),
    [
        ("zh-TW", "2026年11月21日 星期六 08:30"),
        ("zh-CN", "2026年11月21日星期六 08:30"),
        ("en", "Saturday, November 21, 2026 08:30"),
    ],
)
def test_times_are_written_as_in_the_place_and_in_the_companys_zone(
    app: Flask, browser: str, moment: str
) -> None:
    assert said(app, "/time", Accept_Language=browser) == moment


def test_a_library_is_heard_in_our_words(app: Flask) -> None:
    with speaking("zh_Hant"):
        assert library_text("Token has expired") == "權杖已過期"


def test_pages_of_a_plugin_speak_its_texts_and_the_hosts(app: Flask) -> None:
    words = '{{ html_lang() }} {{ _("Save") }} {{ _("Notes") }}'
    app.jinja_loader = DictLoader({"notes/board.html": words, "appbuilder/board.html": words})
    with app.test_request_context(headers={"Accept-Language": "zh-TW"}):
        app.preprocess_request()

        pages = render_template("notes/board.html"), render_template("appbuilder/board.html")

    assert pages == ("zh-Hant-TW 儲存 便箋", "zh-Hant-TW 儲存 Notes")
