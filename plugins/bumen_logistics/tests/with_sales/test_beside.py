"""What logistics does with sales is there where sales is installed, and nowhere else."""

from bumen.registry import Candidate, Registry

ALONE = (Candidate("base", "bumen_base"), Candidate("logistics", "bumen_logistics"))
TOGETHER = (*ALONE, Candidate("sales", "bumen_sales"))


def answering(*candidates: Candidate) -> set[str]:
    """Return the modules in which logistics answers others, without the name of the package."""
    registry = Registry.load(candidates)
    assert registry.quarantined == {}
    answers = registry.plugins["logistics"].plugin.answers
    return {module.__name__.removeprefix("bumen_logistics.") for module in answers}


def test_neighbours_are_met_in_modules_of_their_own() -> None:
    alone, together = answering(*ALONE), answering(*TOGETHER)

    assert {name for name in alone if name.startswith("with_sales")} == set()
    assert "with_sales.answers" in together - alone
