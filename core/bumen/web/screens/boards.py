"""What is moved on a board."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.errors import NotFound
from bumen.i18n import Text, translator
from bumen.records import NoLongerOpen
from bumen.unit_of_work import committed, current
from bumen.web.forms import ArgumentsForm, version_in
from bumen.web.moves import Move, moves_of
from bumen.web.offers import settled_action
from bumen.web.pages.boards import board_of
from bumen.web.screens.base import ResourceScreen
from bumen.web.screens.moved import Asking, answered
from bumen.web.security import require

_ = translator(__file__, "bumen")

SURE = "sure"


class BoardScreen(ResourceScreen):
    """The board of a resource: cards that go from column to column."""

    @expose("/board/<int:ident>/<name>", methods=("POST",))
    @has_access
    def move(self, ident: int, name: str) -> Any:
        """Take a record to another column, by what leads there.

        What has to be asked before is asked on the board; whoever was not asked is led to the
        record's page.
        """
        return answered(f"{self.endpoint}.list", lambda: self._moved(ident, name))

    def _moved(self, ident: int, name: str) -> Text | Asking:
        board = board_of(self.resource)
        found = (one for one in moves_of(self.resource, board) if one.name == name)
        move = next(found, None)
        if move is None:
            raise NotFound
        require(move.permission, self.class_permission_name)
        if move.action is not None:
            move = replace(move, action=settled_action(self.resource, move.action.name))
        record = self.datamodel.one(ident)
        if move.asks and SURE not in request.form:
            return Asking(url_for(f"{self.endpoint}.show", ident=record.id))
        version = version_in(request.form)
        with committed(current()):
            self._make(move, record, by=board.by, version=version)
        return _("%(record)s: %(column)s", record=record, column=move.target.label)

    def _make(self, move: Move, record: Any, *, by: str, version: int) -> None:
        if move.action is not None:
            values = ArgumentsForm(move.action, formdata=request.form).json()
            self.datamodel.act(record, move.action, values, version=version)
        elif not self.resource.is_open(record):
            raise NoLongerOpen(record)
        else:
            self.datamodel.change(record, {by: move.target.value}, version=version)
