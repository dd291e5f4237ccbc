"""Keys by which programs work for somebody, in one company, as far as the key reaches.

A key is shown once, when it is made; kept is only its digest. It holds for a place of work: who
loses the place, or may no longer sign in, has no key any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, Select, String, Update, select, update
from sqlalchemy.orm import Mapped, Session, contains_eager, mapped_column, relationship

from bumen.company.models import Company, Membership
from bumen.errors import BusinessError, InvalidInput
from bumen.i18n import translator
from bumen.model import Model, field
from bumen.model.accounts import User, called
from bumen.model.reported import Reported, told_fields
from bumen.values import BIG_ID, Choice

_ = translator(__file__, "bumen")

PREFIX = "bumen_"
"""What every key begins with, so that scanners for lost secrets find it."""
LONGEST_LIFE = timedelta(days=366)
MOST_KEYS = 20
"""So many keys of one person in one company at most."""
LONGEST_NAME = 80
USED_EVERY = timedelta(minutes=15)
"""How exactly it is known when a key was last used."""
API_KEYS = "core.api_keys"
"""What changes of keys are kept under in the history."""


def _about(key: ApiKey) -> tuple[int, str]:
    return key.id, key.name


def _its_company(_session: Session, key: ApiKey) -> Iterable[int]:
    return [key.membership.company_id]


class KeyReach(Choice):
    """What a key may do of what its person may."""

    READ = "read", _("Only read")
    WRITE = "write", _("Read and write")


class TooManyKeys(BusinessError):
    """The refusal of one key more than anybody needs."""

    def __init__(self) -> None:
        super().__init__(_("You have %(most)s keys here. Please end one first.", most=MOST_KEYS))


class ApiKey(Model):
    """A key is what a program shows in somebody's stead.

    `departments` are those it reaches; all of them when there are none. `hint` is how it begins.
    """

    __tablename__ = "core_api_key"
    __table_args__ = (Index(None, "membership_id", "id"),)
    reported: ClassVar[Reported] = Reported(
        key=API_KEYS,
        fields=told_fields("holder", "reach", "departments", "expires_at"),
        about=_about,
        companies=_its_company,
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("core_membership.id", ondelete="CASCADE"))
    name: Mapped[str] = field(String(LONGEST_NAME), label=_("What it is for"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(20))
    reach: Mapped[KeyReach] = field(label=_("May"))
    departments: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = field(label=_("Valid until"))
    used_at: Mapped[datetime | None] = field(label=_("Last used"))

    membership: Mapped[Membership] = relationship(Membership)

    @property
    def holder(self) -> str:
        """What the person is called in whose stead it is shown."""
        return called(self.membership.user)

    def reaches(self, verb: str, view: str) -> bool:
        """Whether a permission of the person's (`can_read` on `sales.Orders`) is the key's, too."""
        if self.reach is KeyReach.READ and not verb.startswith("can_read"):
            return False
        return not self.departments or view.partition(".")[0] in self.departments

    def is_due(self, at: datetime) -> bool:
        """Whether it should be written down again that it was used."""
        return self.used_at is None or at - self.used_at >= USED_EVERY


def new_key(
    place: Membership,
    *,
    name: str,
    reach: KeyReach,
    departments: Collection[str],
    life: timedelta,
    held: int,
    at: datetime,
) -> tuple[ApiKey, str]:
    """Return a new key and the text that is shown once; `held` is how many there are already.

    Refuses a key without a name, one that would live longer than a year, and one too many.
    """
    if not name.strip():
        raise InvalidInput({"name": [_("This field is required.")]})
    if not timedelta(0) < life <= LONGEST_LIFE:
        raise InvalidInput({"life": [_("A key is valid for a year at most.")]})
    if held >= MOST_KEYS:
        raise TooManyKeys
    text = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(
        membership=place,
        name=name.strip()[:LONGEST_NAME],
        digest=digest_of(text),
        hint=text[: len(PREFIX) + 4],
        reach=reach,
        departments=sorted(departments),
        created_at=at,
        expires_at=at + life,
    )
    return key, text


def digest_of(text: str) -> str:
    """Return what is kept of a key: 256 random bits need no slow hash."""
    return sha256(text.encode()).hexdigest()


def key_shown(text: str, *, at: datetime) -> Select[ApiKey]:
    """Select the key of this text, if it still holds, with the place and its company."""
    return (
        select(ApiKey)
        .join(ApiKey.membership)
        .join(Membership.company)
        .join(Membership.user)
        .where(ApiKey.digest == digest_of(text), ApiKey.expires_at > at)
        .where(Company.active, User.active)
        .options(
            contains_eager(ApiKey.membership).options(
                contains_eager(Membership.company), contains_eager(Membership.user)
            )
        )
    )


def keys_of(user_id: int, *, company_id: int) -> Select[ApiKey]:
    """Select somebody's keys in a company, newest first, those that have ended included."""
    return (
        select(ApiKey)
        .join(ApiKey.membership)
        .where(Membership.user_id == user_id, Membership.company_id == company_id)
        .order_by(ApiKey.id.desc())
    )


def note_use(key_id: int, *, at: datetime) -> Update:
    """Write down that a key was used."""
    return update(ApiKey).where(ApiKey.id == key_id).values(used_at=at)


def is_key(credentials: Any) -> bool:
    """Whether what a program shows is a key, and no token of a sign-in."""
    return str(credentials).startswith(PREFIX)
