"""Who is away, and who decides for them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from sqlalchemy import CheckConstraint, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bumen.approvals.errors import PersonIsUnfit, unknown_person
from bumen.approvals.progress import StandIns, stand_ins_of
from bumen.company.models import members
from bumen.company.people import full_name_of
from bumen.errors import BusinessError, Forbidden, NotFound
from bumen.i18n import FORMATS, Text, language, translator
from bumen.mail.letters import Letter, Part, Point, write
from bumen.model import CompanyModel, field, index
from bumen.model.accounts import User
from bumen.notices import NoticeKind, tell
from bumen.notices.models import ABSENCES, forget_about
from bumen.unit_of_work import company_now, session

_ = translator(__file__, "bumen")

LONGEST_NOTE = 200


class Absence(CompanyModel):
    """An absence is that somebody is away for some days, and another decides meanwhile."""

    __tablename__ = "core_absence"
    __table_args__ = (
        index("user_id", "last_day"),
        index("last_day"),
        CheckConstraint("last_day >= first_day", name="ends_after_it_begins"),
    )

    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id"))
    substitute_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id"))
    first_day: Mapped[date] = field(label=_("First day"))
    last_day: Mapped[date] = field(label=_("Last day"))
    note: Mapped[str | None] = field(String(LONGEST_NOTE), label=_("Note"))

    user: Mapped[User] = relationship(User, foreign_keys=[user_id])
    substitute: Mapped[User] = relationship(User, foreign_keys=[substitute_id])

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class DaysAreMixedUp(BusinessError):
    """The refusal of an absence that ends before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The last day comes before the first."), field="last_day")


class AbsenceOverlaps(BusinessError):
    """The refusal of a second substitute for the same days; `name` is whose, if not one's own."""

    def __init__(self, *, name: str = "") -> None:
        said = _("Somebody decides for you on some of these days already.")
        if name:
            said = _("Somebody decides for %(name)s on some of these days already.", name=name)
        super().__init__(said, field="first_day")


def send_away(user_id: int, *, by: User, at: datetime, house: str = "", **written: Any) -> Absence:
    """Let somebody else decide for a colleague who cannot say so, and tell the colleague.

    `written` is what `be_away` takes; `house` is where the letter leads, "" for nowhere.
    """
    of_others = members(company_now().id).where(User.id == user_id)
    user = by if user_id == by.id else session().scalar(of_others)
    if user is None:
        raise PersonIsUnfit(_("This person does not work for the company."), field="user_id")
    try:
        absence = be_away(user, **written)
    except AbsenceOverlaps:
        raise AbsenceOverlaps(name="" if user is by else full_name_of(user)) from None
    if user is not by:
        _tell(user, absence, by=by, at=at, house=house)
    return absence


def be_away(
    user: User, *, substitute_id: int, first_day: date, last_day: date, note: str = ""
) -> Absence:
    """Let somebody else decide for a person on some days, the first and the last included."""
    if last_day < first_day:
        raise DaysAreMixedUp
    if substitute_id == user.id:
        raise PersonIsUnfit(_("Nobody is their own substitute."), field="substitute_id")
    if session().scalar(members(company_now().id).where(User.id == substitute_id)) is None:
        raise unknown_person()
    same = select(Absence.id).where(
        Absence.user_id == user.id, Absence.first_day <= last_day, Absence.last_day >= first_day
    )
    if session().scalar(same.limit(1)) is not None:
        raise AbsenceOverlaps
    absence = Absence(
        user_id=user.id,
        substitute_id=substitute_id,
        first_day=first_day,
        last_day=last_day,
        note=note.strip()[:LONGEST_NOTE] or None,
    )
    session().add(absence)
    session().flush()
    return absence


def _tell(user: User, absence: Absence, *, by: User, at: datetime, house: str) -> None:
    said = _(
        "%(person)s has written down that you are away from %(first)s to %(last)s, and that "
        "%(substitute)s decides for you meanwhile.",
        person=full_name_of(by),
        first=_day(absence.first_day),
        last=_day(absence.last_day),
        substitute=full_name_of(session().get_one(User, absence.substitute_id)),
    )
    change = _("You can take this back at any time.")
    tell([user.id], kind=NoticeKind.NEWS, record=absence, text=said, page=ABSENCES)
    letter = Letter(
        subject=_("Your absence has been written down"),
        parts=[Part(points=[Point(text=said), Point(text=change)])],
        link=f"{house}/company/absences/" if house else "",
        leads_to=_("Absences and substitutes"),
    )
    mail = write(letter, to=user, locale=user.locale or company_now().locale, at=at)
    if mail is not None:
        session().add(mail)


def _day(day: date) -> Text:
    """Return a day that is written as whoever reads it writes days."""
    return Text(lambda _none: format_date(day, "medium", locale=FORMATS[language()]), {})


def come_back(ident: int, *, by: User, administers: bool = False) -> None:
    """Take an absence back: one's own, or anybody's as an administrator."""
    absence = session().get(Absence, ident)
    if absence is None:
        raise NotFound
    if absence.user_id != by.id and not administers:
        raise Forbidden
    session().execute(forget_about(ABSENCES, ident=absence.id))
    session().delete(absence)
    session().flush()


def absences(*, since: date, user_id: int | None = None) -> Select[Absence]:
    """Select who is away on a day or later, of one person or of all."""
    query = (
        select(Absence)
        .where(Absence.last_day >= since)
        .options(joinedload(Absence.user), joinedload(Absence.substitute))
        .order_by(Absence.first_day, Absence.id)
    )
    return query if user_id is None else query.where(Absence.user_id == user_id)


def stand_ins(on: date, *, never: Iterable[int | None] = ()) -> StandIns:
    """Return who decides for whom on a day; `never` are those who may not decide or pass it on."""
    query = select(Absence.user_id, Absence.substitute_id).where(
        Absence.first_day <= on, Absence.last_day >= on
    )
    away = {row.user_id: row.substitute_id for row in session().execute(query)}
    return stand_ins_of(away, never=tuple(never))
