"""What a switch takes along, whatever requires what."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bumen.activation.errors import PluginIsQuarantined, PluginIsUnknown, RequirementIsMissing
from bumen.activation.plan import Plan, Requires, after, plan_switch, standing

HOUSE = {"base": (), "sales": ("base",), "team": ("base",), "bonus": ("sales", "team")}
NOTHING: frozenset[str] = frozenset()
EVERYTHING = frozenset(HOUSE)


@some.composite
def installations(draw: some.DrawFn) -> Requires:
    """Make up to seven plugins, each requiring some of the earlier ones."""
    names: list[str] = []
    requires = {}
    for name in draw(some.permutations("abcdefg"))[: draw(some.integers(1, 7))]:
        wanted = draw(some.lists(some.sampled_from(names), unique=True)) if names else []
        requires[name] = tuple(wanted)
        names.append(name)
    return requires


@some.composite
def companies(draw: some.DrawFn) -> tuple[Requires, frozenset[str]]:
    """Make an installation and a company whose people have switched for a while."""
    requires = draw(installations())
    switches = some.tuples(some.sampled_from(sorted(requires)), some.booleans())
    on = NOTHING
    for name, enabled in draw(some.lists(switches, max_size=12)):
        on = after(plan_switch(name=name, enabled=enabled, on=on, requires=requires), on=on)
    return requires, on


def test_switching_on_takes_along_what_is_required_first_things_first() -> None:
    plan = plan_switch(name="bonus", enabled=True, on=NOTHING, requires=HOUSE)

    assert plan == Plan(name="bonus", enabled=True, turn_on=("base", "sales", "team", "bonus"))
    assert plan.others == ("base", "sales", "team")


def test_switching_on_leaves_alone_what_is_on_already() -> None:
    plan = plan_switch(name="bonus", enabled=True, on=frozenset({"base", "team"}), requires=HOUSE)

    assert plan.turn_on == ("sales", "bonus")


def test_switching_off_takes_along_the_dependents_which_go_first() -> None:
    plan = plan_switch(name="base", enabled=False, on=EVERYTHING, requires=HOUSE)

    assert plan == Plan(name="base", enabled=False, turn_off=("bonus", "sales", "team", "base"))


def test_switching_off_leaves_alone_what_is_off_or_does_not_depend_on_it() -> None:
    on = frozenset({"base", "sales", "team"})

    assert plan_switch(name="sales", enabled=False, on=on, requires=HOUSE).turn_off == ("sales",)


@pytest.mark.parametrize(("enabled", "on"), [(True, EVERYTHING), (False, NOTHING)])
def test_a_switch_to_what_already_is_changes_nothing(enabled: bool, on: frozenset[str]) -> None:
    assert plan_switch(name="sales", enabled=enabled, on=on, requires=HOUSE).touched == ()


def test_a_plugin_that_came_to_require_another_is_repaired_by_switching_it_on() -> None:
    plan = plan_switch(name="sales", enabled=True, on=frozenset({"sales"}), requires=HOUSE)

    assert plan.turn_on == ("base",)


@pytest.mark.parametrize("enabled", [True, False])
def test_an_unknown_plugin_is_refused(enabled: bool) -> None:
    with pytest.raises(PluginIsUnknown):
        plan_switch(name="sails", enabled=enabled, on=EVERYTHING, requires=HOUSE)


def test_a_quarantined_plugin_cannot_be_switched_on() -> None:
    with pytest.raises(PluginIsQuarantined):
        plan_switch(
            name="odd", enabled=True, on=NOTHING, requires=HOUSE, quarantined={"odd": "It raised."}
        )


def test_a_plugin_that_requires_a_quarantined_one_cannot_be_switched_on() -> None:
    with pytest.raises(PluginIsQuarantined):
        plan_switch(
            name="fine",
            enabled=True,
            on=NOTHING,
            requires={"fine": ("odd",)},
            quarantined={"odd": "It raised."},
        )


def test_a_plugin_whose_requirement_is_not_installed_cannot_be_switched_on() -> None:
    with pytest.raises(RequirementIsMissing):
        plan_switch(name="fine", enabled=True, on=NOTHING, requires={"fine": ("absent",)})


@pytest.mark.parametrize("quarantined", [{"gone": "It raised."}, {}])
def test_what_is_on_can_be_switched_off_though_broken_or_removed(
    quarantined: dict[str, str],
) -> None:
    plan = plan_switch(
        name="gone",
        enabled=False,
        on=frozenset({"gone", "base"}),
        requires=HOUSE,
        quarantined=quarantined,
    )

    assert plan.turn_off == ("gone",)


def test_a_plugin_whose_requirement_was_removed_stands_still() -> None:
    requires = {name: needed for name, needed in HOUSE.items() if name != "sales"}

    assert standing(EVERYTHING, requires=requires) == {"base", "team"}


def test_requirements_in_a_circle_do_not_make_the_plan_run_forever() -> None:
    circle = {"hen": ("egg",), "egg": ("hen",)}

    assert plan_switch(name="hen", enabled=True, on=NOTHING, requires=circle).turn_on == (
        "egg",
        "hen",
    )


@given(companies())
def test_whatever_was_switched_every_plugin_that_is_on_has_its_requirements_on(
    company: tuple[Requires, frozenset[str]],
) -> None:
    requires, on = company

    assert all(on.issuperset(requires[name]) for name in on)
    assert standing(on, requires=requires) == on


@given(companies(), some.data())
def test_the_named_plugin_is_on_or_off_afterwards_and_again_changes_nothing(
    company: tuple[Requires, frozenset[str]], data: some.DataObject
) -> None:
    requires, on = company
    name, enabled = data.draw(some.sampled_from(sorted(requires))), data.draw(some.booleans())

    then = after(plan_switch(name=name, enabled=enabled, on=on, requires=requires), on=on)

    assert (name in then) == enabled
    assert plan_switch(name=name, enabled=enabled, on=then, requires=requires).touched == ()


@given(companies(), some.data())
def test_on_then_off_is_the_identity_when_nothing_else_had_to_go_on(
    company: tuple[Requires, frozenset[str]], data: some.DataObject
) -> None:
    requires, on = company
    name = data.draw(some.sampled_from(sorted(requires)))
    there = plan_switch(name=name, enabled=True, on=on, requires=requires)
    then = after(there, on=on)

    back = plan_switch(name=name, enabled=False, on=then, requires=requires)

    if there.turn_on == (name,):
        assert after(back, on=then) == on
    assert after(back, on=then) >= on - {name} - set(back.turn_off)


@given(companies(), some.data())
def test_every_step_of_a_plan_leaves_a_company_that_works(
    company: tuple[Requires, frozenset[str]], data: some.DataObject
) -> None:
    requires, on = company
    name, enabled = data.draw(some.sampled_from(sorted(requires))), data.draw(some.booleans())

    for one in plan_switch(name=name, enabled=enabled, on=on, requires=requires).touched:
        on = on | {one} if enabled else on - {one}
        assert standing(on, requires=requires) == on


@given(companies(), some.data())
def test_a_plan_touches_nothing_that_need_not_change(
    company: tuple[Requires, frozenset[str]], data: some.DataObject
) -> None:
    requires, on = company
    name, enabled = data.draw(some.sampled_from(sorted(requires))), data.draw(some.booleans())
    plan = plan_switch(name=name, enabled=enabled, on=on, requires=requires)
    then = after(plan, on=on)

    for spared in plan.others:
        kept = then - {spared} if enabled else then | {spared}
        assert standing(kept, requires=requires) != kept
