"""What a board shows: a column for each value of a choice, and the first cards of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy import Select, select, union_all

from bumen.errors import NotFound
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.listing import Listing, order_of, wheres_of, whole_of
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import session, today
from bumen.values import Choice, Tone
from bumen.views import Board
from bumen.web.cells import Cell, Cells, columns_of, screen_endpoint
from bumen.web.forms import ArgumentsForm
from bumen.web.list_address import ListAddress
from bumen.web.moves import STATE, Move, column_field, moves_allowed, moves_of
from bumen.web.pages.lists import frame_page
from bumen.web.store import Store

_ = translator(__file__, "bumen")

MOST_CARDS = 25
"""How many cards a column shows; the others stand in the list."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card is one record on a board, and where it may go."""

    record: Any
    href: str
    cells: Sequence[Cell]
    total: str
    moves: Sequence[Move]
    is_late: bool = False


@dataclass(kw_only=True)
class BoardColumn:
    """A column is a value of the choice, with how many records have it and what they add up to."""

    code: Choice | None
    count: int
    total: str
    more: str
    cards: list[Card] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What cards that may go there name it by."""
        return "" if self.code is None else self.code.value

    @property
    def label(self) -> Text:
        """What people call it."""
        return _("Not set") if self.code is None else self.code.label

    @property
    def tone(self) -> str:
        """What it means at a glance."""
        return Tone.PLAIN if self.code is None else self.code.tone or Tone.PLAIN


def board_page(store: Store, address: ListAddress) -> tuple[str, dict[str, Any]]:
    """Return what a board shows."""
    resource = store.resource
    board = board_of(resource)
    moves = moves_allowed(resource, moves_of(resource, board))
    columns = {column.code: column for column in _columns(store, address, board)}
    cells = Cells(in_columns=True)
    for record in session().scalars(cards_of(resource, address.listing, board, moves=moves)):
        card = _card(resource, board, record, moves, cells)
        columns[getattr(record, board.by)].cards.append(card)
    dialogs = [(move, ArgumentsForm(move.action)) for move in moves if move.action and move.asks]
    return "bumen/views/board.html", frame_page(store, address) | {
        "columns": list(columns.values()),
        "count": sum(column.count for column in columns.values()),
        "dialogs": dialogs,
        "query": urlencode(address.query(), doseq=True),
    }


def board_of(resource: type[Resource]) -> Board:
    """Return the board a resource declares."""
    view = resource.view(Board.name)
    if not isinstance(view, Board):
        raise NotFound
    return view


def cards_of(
    resource: type[Resource], listing: Listing, board: Board, *, moves: Iterable[Move] = ()
) -> Select[Any]:
    """Select the first records of every column, in the order of the list, with one statement."""
    model = resource.model
    by, order = getattr(model, board.by), order_of(resource, listing).by()
    limits = wheres_of(resource, listing)
    first = [
        select(model.id).where(by == code, *limits).order_by(*order).limit(MOST_CARDS).subquery()
        for code in _codes(resource, board)
    ]
    ids = union_all(*(select(one.c.id) for one in first))
    shown = Listing(order=listing.order, columns=_shown(resource, board, moves))
    return whole_of(resource, shown).where(model.id.in_(ids))


def _codes(resource: type[Resource], board: Board) -> list[Choice | None]:
    described = column_field(resource, board)
    none: list[Choice | None] = [None] if described.column.nullable else []
    return [*(described.choices or ()), *none]


def _shown(resource: type[Resource], board: Board, moves: Iterable[Move]) -> tuple[str, ...]:
    """Return the fields cards show, and those their moves look at: none stands for all."""
    known = fields_of(resource.model)
    if any(move.action is not None and move.action.when is not None for move in moves):
        return ()
    shown = (*resource.model.named_by, board.by, *board.shows, board.total, board.due, STATE)
    return tuple(name for name in dict.fromkeys(shown) if name in known)


def _columns(store: Store, address: ListAddress, board: Board) -> Iterator[BoardColumn]:
    """Yield the columns: all codes, and the records that have none where there are any."""
    resource = store.resource
    groups = {one.value: one for one in store.groups(replace(address.listing, group=board.by))}
    formats, list_url = formats_here(), f"{screen_endpoint(resource)}.list"
    for code in _codes(resource, board):
        group = groups.get(code)
        if group is None:
            if code is not None:
                yield BoardColumn(code=code, count=0, total="", more="")
            continue
        opened = address.narrowing(group.condition)
        narrowed: dict[str, Any] = {**address.query(view=None, group=None, **opened)}
        total = group.totals.get(board.total)
        yield BoardColumn(
            code=code,
            count=group.count,
            total="" if total is None else formats.in_column(_total(resource, board), total),
            more=url_for(list_url, **narrowed),
        )


def _total(resource: type[Resource], board: Board) -> Any:
    return fields_of(resource.model)[board.total]


def _card(
    resource: type[Resource], board: Board, record: Any, moves: Iterable[Move], cells: Cells
) -> Card:
    total = cells.of(record, columns_of(resource, [board.total])) if board.total else []
    return Card(
        record=record,
        href=url_for(f"{screen_endpoint(resource)}.show", ident=record.id),
        cells=cells.of(record, columns_of(resource, tuple(board.shows))),
        total=total[0].text if total else "",
        moves=[move for move in moves if move.possible(resource, record, by=board.by)],
        is_late=_is_late(board, record),
    )


def _is_late(board: Board, record: Any) -> bool:
    day = getattr(record, board.due) if board.due else None
    return day is not None and day < today() and getattr(record, board.by) in board.waiting
