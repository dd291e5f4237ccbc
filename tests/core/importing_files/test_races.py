"""Two people press the same button at once: one of them is heard."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bumen.errors import BusinessError
from bumen.importing import steps
from bumen.worker import work_off
from tests.core.importing_files.conftest import Wizard, held


def test_an_import_is_begun_once(wizard: Wizard) -> None:
    ident = wizard.begin("depot.growers", "code,name\nG1,Ada\n")
    wizard.do(steps.check, ident)

    def taken(_number: int) -> bool:
        try:
            with wizard.working():
                steps.take(held(ident), only_good=False)
        except BusinessError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(taken, range(4)))
    work_off(wizard.host)

    assert begun.count(True) == 1
    assert wizard.growers() == {"G1": "Ada"}
