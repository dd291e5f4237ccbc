"""What whoever prints may tell of a record: paths that lead by nothing hidden from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.model.describe import fields_of
from bumen.model.paths import path_of
from bumen.printing.errors import FieldsAreHidden, NothingToPrint, PaperIsWithheld
from bumen.printing.telling import fields_told
from bumen.printing.templates import Declared, words_in
from bumen.reading import sums_of
from bumen.resource import Resource
from bumen.visibility import hidden_beyond, hidden_fields, kept_from, whole_of


def why_unprintable(declared: Declared, record: Any) -> BusinessError | None:
    """Return why a record is not printed: it makes no sense as it is, or too much is hidden."""
    title = declared.printout.title
    if not declared.printout.possible(record):
        return NothingToPrint(title, record)
    missing = list(_missing(declared, record))
    return FieldsAreHidden(title, missing) if missing else None


def first_told(resource: type[Resource], record: Any, paths: Iterable[str]) -> Any:
    """Return what the first of some paths leads to that leads to anything; None where none does.

    `contact.email` is nothing where the contact, or the contacts' e-mail, is hidden.
    """
    for path in paths:
        if not is_hidden(resource, record, path):
            found = record
            for part in path.split("."):
                found = None if found is None else getattr(found, part)
            if found not in (None, ""):
                return getattr(found, "value", found)
    return None


def is_hidden(resource: type[Resource], record: Any, path: str) -> bool:
    """Whether a path of a record leads by a field that whoever works now does not see."""
    parts = path.split(".")
    ways = {".".join(parts[:far]) for far in range(1, len(parts) + 1)}
    if ways & hidden_fields(resource, record):
        return True
    return len(parts) > 1 and path in hidden_beyond(resource, [path])


def paths_told(declared: Declared, records: Iterable[Any], body: str) -> frozenset[str]:
    """Return the fields of records that their papers tell by this template, by their paths.

    What they need, and whatever else the template names that is not hidden from whoever prints.
    """
    words, told = words_in(body), set(declared.printout.needs)
    named = [path for path, ways in _paths(declared) if words & ways]
    for record in records:
        told.update(one for one in named if not is_hidden(declared.resource, record, one))
    return frozenset(told)


def why_withheld(
    resource: type[Resource], name: str, tells: Iterable[str], *, record: Any = None, own: bool
) -> BusinessError | None:
    """Return why whoever works now may not take what was kept: it tells what is hidden from them.

    `tells` are the fields it tells, by their paths; it is their `own` if they made it.
    """
    kept = kept_from(resource, tells, record=record, own=own)
    said = sorted(one for one in kept if one.rpartition(".")[0] not in kept)  # `contact` says all
    return PaperIsWithheld(name, [_label_of(resource, one) for one in said]) if said else None


def _paths(declared: Declared) -> Iterator[tuple[str, set[str]]]:
    """Yield all that a template is told of a record, each with the words by which it says so."""
    whole = whole_of(declared.resource)
    sums = sums_of(whole)
    for name in fields_told(whole):
        yield name, {name, "sums"} if name in sums else {name, "facts"}
    for lines in whole.lines:
        for name in (*lines.fields, *lines.shown):
            yield f"{lines.name}.{name}", {name, "columns"}
    for path in declared.printout.also:
        yield path, {path.rpartition(".")[2]}


def _missing(declared: Declared, record: Any) -> Iterator[Text]:
    """Yield what the fields are called that have to be on the paper and are hidden."""
    resource = declared.resource
    for path in declared.printout.needs:
        if is_hidden(resource, record, path):
            yield _label_of(resource, path)


def _label_of(resource: type[Resource], path: str) -> Text:
    """Return what the field is called that a path leads to."""
    first, _dot, name = path.partition(".")
    for lines in resource.lines:
        if lines.name == first:
            label: Text = fields_of(lines.model)[name].about.label if name else lines.title
            return label
    target = path_of(resource.model, path).steps[-1].target if name else resource.model
    found: Text = fields_of(target)[name or first].about.label
    return found
