"""Notices: who is told, in which language, and what goes with the record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bumen.i18n import speaking, translator
from bumen.model.accounts import User
from bumen.notices import Delivery, NoticeKind, settle, tell
from bumen.notices.models import NoticeWish
from bumen.records import delete_record
from bumen.testing.makers import make_user
from kitchen.models import Dish
from kitchen.resources import Dishes
from tests.core.web.kitchens import Kitchen
from tests.core.web.noticed import notices, told

_ = translator(__file__, "bumen")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_who_is_told_reads_it_in_the_own_language(kitchen: Kitchen) -> None:
    told(kitchen, kitchen.dish(), "guest")

    [notice] = notices(kitchen)
    read = []
    for language in ("en", "zh_Hant", "zh_Hans"):
        with speaking(language):
            read.append(notice.text)
    assert read == ["Inbox", "收件匣", "收件箱"]
    assert (notice.resource, notice.label) == ("kitchen.dishes", "SOUP Soup")


def test_who_did_it_is_not_told(kitchen: Kitchen) -> None:
    told(kitchen, kitchen.dish(), "cook", "guest")

    assert len(notices(kitchen)) == 1


def test_who_left_or_never_was_in_the_company_is_not_told(kitchen: Kitchen) -> None:
    make_user(kitchen.host, "stranger")
    make_user(kitchen.host, "locked", company="TW01")
    with kitchen.host.unit_of_work() as unit:
        unit.session.scalars(select(User).where(User.username == "locked")).one().active = False

    told(kitchen, kitchen.dish(), "stranger", "locked")

    assert notices(kitchen) == []


@pytest.mark.parametrize(
    ("kind", "usual"), [(NoticeKind.MENTIONED, Delivery.AT_ONCE), (NoticeKind.NEWS, Delivery.NONE)]
)
def test_a_wish_decides_about_the_mail(kitchen: Kitchen, kind: NoticeKind, usual: Delivery) -> None:
    make_user(kitchen.host, "waiter", company="TW01")
    with kitchen.host.unit_of_work() as unit:
        waiter = unit.session.scalars(select(User).where(User.username == "waiter")).one()
        unit.session.add(NoticeWish(user_id=waiter.id, kind=kind, delivery=Delivery.DIGEST))

    told(kitchen, kitchen.dish(), "guest", "waiter", kind=kind)

    assert [one.delivery for one in notices(kitchen)] == [usual, Delivery.DIGEST]


def test_what_is_settled_waits_for_nobody(kitchen: Kitchen) -> None:
    dish = kitchen.dish()
    told(kitchen, dish, "guest")
    told(kitchen, dish, "guest", kind=NoticeKind.ASKED)

    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        settle(unit.session.get(Dish, dish), kind=NoticeKind.ASKED, at=NOW)

    assert [one.done_at for one in notices(kitchen)] == [None, NOW]


def test_notices_go_with_the_record(kitchen: Kitchen) -> None:
    gone, stays = kitchen.dish(), kitchen.dish(code="SALAD")
    told(kitchen, gone, "guest")
    told(kitchen, stays, "guest")

    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        delete_record(Dishes, unit.session.get(Dish, gone), by=unit.user)

    assert [one.record_id for one in notices(kitchen)] == [stays]


def test_nobody_is_told_of_what_was_undone(kitchen: Kitchen) -> None:
    dish = kitchen.dish()

    def fail() -> None:
        with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
            guest = select(User.id).where(User.username == "guest")
            ids = unit.session.scalars(guest).all()
            record = unit.session.get(Dish, dish)
            tell(ids, kind=NoticeKind.NEWS, record=record, text=_("Inbox"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert notices(kitchen) == []
