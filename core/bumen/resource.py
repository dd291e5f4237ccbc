"""What users may see and do with one model, declared once for screens, API, import and export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from sqlalchemy import Text as LongText

from bumen.argument import Argument
from bumen.i18n import Text, translator
from bumen.model import CompanyModel
from bumen.model.archived import is_aside, is_here, put_aside, take_back
from bumen.model.denied import Denied
from bumen.model.describe import Kind, fields_of
from bumen.printouts import Printout
from bumen.remember import remembered
from bumen.scopes import Scoped
from bumen.values import Choice
from bumen.views import Section, View
from bumen.workflow import Transition, Workflow, moving, waits

_ = translator(__file__, "bumen")

Service = Callable[..., Any]
"""A service of the plugin's: `(record, *, by, **arguments) -> None`."""

READ, WRITE = "read", "write"


@dataclass(frozen=True, eq=False)
class Action:
    """Something people may do with a record beside changing it: a verb of the plugin's services.

    `states` are the states of the record in which it may be done; empty means in any. `when` tells
    of a record whether it makes sense otherwise. `confirm` is the question people answer first.
    """

    name: str
    label: Text
    service: Service
    states: Set[Choice] = field(default=frozenset(), kw_only=True)
    arguments: Sequence[Argument] = field(default=(), kw_only=True)
    when: Callable[[Any], bool] | None = field(default=None, kw_only=True)
    confirm: Text | None = field(default=None, kw_only=True)
    transition: Transition | None = field(default=None, kw_only=True)
    """The step of the workflow that it takes; see `step`."""

    def possible(self, record: Any) -> bool:
        """Whether the record as it is now allows it."""
        if self.when is not None and not self.when(record):
            return False
        return not self.states or record.state in self.states


OPINION = "opinion"
"""The argument in which people say what they think."""


def step(workflow: Workflow, name: str, service: Service | None = None) -> Action:
    """Offer a step of a workflow as an action: `step(Order.workflow, "confirm", confirm_order)`.

    Label, states, arguments, question and opinion are those of the transition. The service is
    given the arguments, and the `opinion` where the transition asks for one; without a service
    the step is taken and nothing else happens.
    """
    taken = workflow.transitions[name]
    asked = (opinion_asked(),) if taken.opinion else ()
    return Action(
        name,
        taken.label,
        service or moving(name),
        states=taken.sources,
        arguments=(*taken.arguments, *asked),
        confirm=taken.confirm,
        transition=taken,
    )


def opinion_asked() -> Argument:
    """Return the argument that asks for an opinion."""
    return Argument(OPINION, LongText(), label=_("Opinion"))


@remembered
def with_opinion(action: Action, *, required: bool) -> Action:
    """Return a step that takes an opinion although it was not declared to; others stay."""
    if action.transition is None or any(one.name == OPINION for one in action.arguments):
        return action
    asked = replace(opinion_asked(), required=required)
    return replace(action, arguments=(*action.arguments, asked))


class Lines:
    """The lines of a document, edited inside it. `name` is the document's attribute."""

    model: ClassVar[type[CompanyModel]]
    title: ClassVar[Text]
    name: ClassVar[str] = "lines"
    fields: ClassVar[Sequence[str]]
    """What people write, in order."""
    shown: ClassVar[Sequence[str]] = ()
    """What they only see: amounts the services work out."""


@dataclass(frozen=True)
class Related:
    """A list of another resource's records on a record's page: a customer's orders."""

    resource: type[Resource]
    by: str
    """The reference of the other model that points here."""


class Resource:
    """What users may see and do with one model; one declaration for every way in and out.

    Names in `columns`, `fields`, `filters` and `search` are attributes of the model; a reference is
    named without `_id`. `fields` defaults to everything people may write, `filters` to what the
    list shows, `search` to what names a record; it may look into what a reference names, as in
    `customer.name`. `order` is a column, with `-` for newest first.
    """

    model: ClassVar[type[CompanyModel]]
    title: ClassVar[Text]
    columns: ClassVar[Sequence[str]]
    fields: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()
    beyond: ClassVar[Sequence[str]] = ()
    """What a list may be narrowed by beyond its records: `lines.product`, `customer.industry`."""
    search: ClassVar[Sequence[str]] = ()
    order: ClassVar[str] = "-id"
    sections: ClassVar[Sequence[Section]] = ()
    """The fields of a record's page and form in groups; what none names comes first."""
    views: ClassVar[Sequence[View]] = ()
    """Ways to look at the list beside its table."""
    grouped: ClassVar[Sequence[str]] = ()
    """What a list may be grouped by; its choices, references, flags and days when left out."""
    totals: ClassVar[Sequence[str]] = ()
    """Amounts and quantities that make sense added up."""
    empty: ClassVar[Text | None] = None
    """What an empty list tells people to do first."""
    lines: ClassVar[Sequence[type[Lines]]] = ()
    actions: ClassVar[Sequence[Action]] = ()
    related: ClassVar[Sequence[Related]] = ()
    can: ClassVar[Set[str]] = frozenset({"create", "change", "delete"})
    open_in: ClassVar[Set[Choice]] = frozenset()
    """The states in which a record may be changed or deleted; empty means in any."""
    scope: ClassVar[Scoped | None] = None
    """Whose records are whose, where not everybody sees all; brings permissions of its own."""
    scopes: ClassVar[Sequence[str]] = ()
    """Permissions beside reading and writing that `rule` asks for: how far somebody sees."""
    rule: ClassVar[Callable[..., Iterable[Any]] | None] = None
    """Which records somebody sees: returns conditions, told `by` whom and what they `may`."""
    offered: ClassVar[Callable[[], Any] | None] = None
    """What lookups offer: returns the condition, such as that a product is still sold."""
    fetched: ClassVar[Sequence[str]] = ()
    """What services read of what it refers to, `customer.contacts`: imports fetch it at once."""
    holds: ClassVar[Callable[..., None] | None] = None
    """Locks a record that is about to be changed, after what it hangs on, and reads it anew."""
    on_create: ClassVar[Service | None] = None
    on_change: ClassVar[Service | None] = None
    on_delete: ClassVar[Service | None] = None
    archives: ClassVar[bool] = False
    """Whether records are put aside and taken back; the model is `Archived` then."""
    on_archive: ClassVar[Service | None] = None
    on_restore: ClassVar[Service | None] = None
    copies: ClassVar[bool] = False
    """Whether a new record may begin as a copy of one that is there."""
    never_copied: ClassVar[Sequence[str]] = ()
    """What a copy begins without, beside what is unique: `lines.shipped`, a day that has passed."""
    doubts: ClassVar[Callable[..., Iterable[Text]] | None] = None
    """What people should look at before a new record is kept: screens ask, the API tells it."""
    asks_because: ClassVar[Callable[..., Mapping[str, Any]] | None] = None
    """Why others must decide if `by` submits a record now: fields, None where they say nothing."""
    printouts: ClassVar[Sequence[Printout]] = ()
    """The documents that are printed from a record."""
    menu: ClassVar[bool] = True
    field_rules: ClassVar[Sequence[Denied]] = ()
    """What roles are denied of its fields to begin with; companies change that as they like."""
    clauses: ClassVar[Sequence[str]] = ()
    """The demands of a company's regulations that keeping these records fulfils: C8.1."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        known = {one.name for one in cls.actions}
        more = _archiving(cls) if cls.archives else ()
        cls.actions = (*cls.actions, *(one for one in more if one.name not in known))

    @classmethod
    def is_open(cls, record: Any) -> bool:
        """Whether it may be changed or deleted in its state; never while others decide of it."""
        return not waits(record) and (not cls.open_in or record.state in cls.open_in)

    @classmethod
    def doubts_about(cls, record: Any) -> list[Text]:
        """Return what people should look at before a new record is kept."""
        return [] if cls.doubts is None else list(cls.doubts(record))

    @classmethod
    def path(cls) -> str:
        """Return the last part of its address: `order_changes` for `OrderChanges`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def plugin(cls) -> str:
        """Return the name of the plugin it belongs to: what its table begins with."""
        return str(cls.model.__tablename__).partition("_")[0]

    @classmethod
    def key(cls) -> str:
        """Return its name among all resources: `sales.orders`."""
        return f"{cls.plugin()}.{cls.path()}"

    @classmethod
    def permission(cls) -> str:
        """Return the name its permissions are kept under: `sales.Orders`."""
        return f"{cls.plugin()}.{cls.__name__}"

    @classmethod
    def permissions(cls) -> tuple[str, ...]:
        """Return what people can be allowed: read, write, and each action."""
        return (READ, WRITE, *cls.reaches(), *(action.name for action in cls.actions))

    @classmethod
    def reaches(cls) -> tuple[str, ...]:
        """Return the permissions that say how far somebody sees."""
        return (*(cls.scope.permissions() if cls.scope else ()), *cls.scopes)

    @classmethod
    def written(cls) -> tuple[str, ...]:
        """Return the fields people may write, in order."""
        known = fields_of(cls.model)
        return tuple(cls.fields or (n for n, f in known.items() if not f.about.readonly))

    @classmethod
    def shown(cls) -> tuple[str, ...]:
        """Return every field a record's page and the API show, in order."""
        known = fields_of(cls.model)
        seen = [name for name in cls.columns if name in known] + list(cls.written())
        rest = [n for n, f in known.items() if f.about.readonly and n != "company_id"]
        return tuple(dict.fromkeys([*seen, *rest]))

    @classmethod
    def filtered(cls) -> tuple[str, ...]:
        """Return the fields a list may be filtered by."""
        names = tuple(cls.filters or cls.columns)
        return tuple(dict.fromkeys((*names, "archived"))) if cls.archives else names

    @classmethod
    def sorted(cls) -> tuple[str, ...]:
        """Return the fields a list may be sorted by: what it shows and filters."""
        return tuple(dict.fromkeys([*cls.columns, *cls.filtered(), "id", cls.order.lstrip("-")]))

    @classmethod
    def view(cls, name: str) -> View | None:
        """Return a view by name, if the resource offers it."""
        return next((view for view in cls.views if view.name == name), None)

    @classmethod
    def searched(cls) -> tuple[str, ...]:
        """Return the text columns that a search looks into."""
        if cls.search:
            return tuple(cls.search)
        known = fields_of(cls.model)
        return tuple(n for n in cls.model.named_by if known[n].kind in {Kind.TEXT, Kind.LONG_TEXT})

    @classmethod
    def action(cls, name: str) -> Action:
        """Return an action by name; KeyError when there is none."""
        return {action.name: action for action in cls.actions}[name]


def _archiving(resource: type[Resource]) -> Iterator[Action]:
    """Yield how records are put aside and taken back."""
    aside = _("What is archived is no longer listed nor offered; it can be taken back. Archive it?")
    put, take = put_aside(resource.on_archive), take_back(resource.on_restore)
    yield Action("archive", _("Archive"), put, when=is_here, confirm=aside)
    yield Action("unarchive", _("Unarchive"), take, when=is_aside)
