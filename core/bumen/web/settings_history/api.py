"""The history of settings for programs."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder.api import BaseApi, expose

from bumen.documents.history import HistoryEntry
from bumen.i18n import translator
from bumen.resource import READ
from bumen.web.answers import answer
from bumen.web.described import DAY, NUMBER, TEXT, in_query, many, maybe, one_of, operation, thing
from bumen.web.histories import told_of
from bumen.web.record_api.described import HAPPENED
from bumen.web.record_api.history import size_asked
from bumen.web.security import allowed, let_in
from bumen.web.settings_history.asked import VIEW, asked_history, page_of_settings
from bumen.web.settings_history.kinds import KIND_OF, KINDS

_ = translator(__file__, "bumen")

BASE = "/api/v1/core/history"
_ENTRY = thing({**HAPPENED, "setting": TEXT, "id": NUMBER})


class SettingsHistoryApi(BaseApi):
    """What became of the settings of the company that is asked for."""

    route_base = BASE

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with a page of the history, the latest first; `next` is the next `before`."""
        let_in(READ, VIEW)
        page = page_of_settings(asked_history(), size=size_asked())
        return answer({"result": [_told(one) for one in page.entries], "next": page.next})

    def describe(self, spec: Any) -> None:
        """Describe what this person may ask."""
        if not allowed(READ, VIEW):
            return
        numbers = [in_query(name, NUMBER) for name in ("by", "before", "size")]
        days = [in_query(name, DAY) for name in ("since", "until")]
        told = operation(
            thing({"result": many(_ENTRY), "next": maybe(NUMBER)}),
            in_query("kind", one_of(KINDS)),
            *numbers,
            *days,
            summary=str(_("History of settings")),
        )
        spec.path(path=f"{BASE}/", operations={"get": told})


def _told(entry: HistoryEntry) -> dict[str, Any]:
    return told_of(entry) | {
        "setting": KIND_OF[entry.resource],
        "id": entry.record_id,
        "fields": entry.changes.get("fields", []),
    }
