"""A company that lets the department go keeps nothing of it: no papers, dashboard or search."""

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bumen import CurrentCompany
from bumen.activation.purge import purge
from bumen.activation.service import switch
from bumen.checking import problems
from bumen.dashboards import Arrangement
from bumen.database import only_reading
from bumen.host import Host
from bumen.printing.models import PaperTemplate
from bumen.search.models import SearchEntry
from bumen.unit_of_work import session


def test_a_purge_takes_papers_dashboard_and_what_the_search_knew(
    host: Host, company: CurrentCompany, make: Any, tmp_path: Path
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        make.order()
        session().add_all([_template(), _dashboard("sales"), _dashboard("base")])
    switch(host, company="TW01", name="sales", enabled=False)

    file = tmp_path / "sales.zip"
    purged = purge(host, company="TW01", name="sales", export=file, confirm="sales")

    assert (purged.rows["core_paper_template"], purged.rows["core_dashboard"]) == (1, 1)
    with only_reading(), host.database.wide_session() as wide:
        assert wide.scalar(select(func.count(PaperTemplate.id))) == 0
        assert wide.scalars(select(Arrangement.place)).all() == ["base"]
        known = select(SearchEntry.kind).distinct()
        assert [kind for kind in wide.scalars(known) if kind.startswith("sales_")] == []
    assert list(problems(host)) == []


def _template() -> PaperTemplate:
    return PaperTemplate(printout="sales.orders.confirmation", number=1, body="x", note="")


def _dashboard(place: str) -> Arrangement:
    return Arrangement(place=place, kept_for="company", cards="")
