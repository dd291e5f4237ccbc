"""Tags: words of the company's own that people put on records, to find them together again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, String, delete, exists, false, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bumen.documents.linked import Linked
from bumen.errors import BusinessError, Conflict, InvalidInput, NotFound
from bumen.folding import words_stand_in
from bumen.i18n import translator
from bumen.model import About, CompanyModel, Keeps, belongs_to, field, index, unique
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.schema import said_text
from bumen.unit_of_work import current, session
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")

LONGEST_TAG = 40
_LONGEST_KEY = LONGEST_TAG * 2
MOST_ON_A_RECORD = 30
MOST_TAGS = 500
"""So many tags a company may have: more than anybody can choose from."""


TAGS = "tags"
_ABOUT = About(label=_("Tags"))


class TagColour(Choice):
    """What colour a tag has."""

    GREY = "grey", _("Grey"), Tone.PLAIN
    BLUE = "blue", _("Blue"), Tone.ACTIVE
    GREEN = "green", _("Green"), Tone.GOOD
    ORANGE = "orange", _("Orange"), Tone.WARNING
    RED = "red", _("Red"), Tone.BAD


class TagIsThere(Conflict):
    """The refusal of a second tag of the same name, capitals and width or not."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is a tag “%(name)s” already.", name=name), field="name")


class TooManyTags(BusinessError):
    """The refusal of more tags than anybody can read."""

    def __init__(self, most: int) -> None:
        super().__init__(_("At most %(most)s tags.", most=most), field="tags")


class Tag(CompanyModel):
    """A tag is a word of the company's own, with a colour."""

    __tablename__ = "core_tag"
    __table_args__ = (unique("name_key"),)
    named_by = ("name",)

    name: Mapped[str] = field(String(LONGEST_TAG), label=_("Name"))
    colour: Mapped[TagColour] = field(label=_("Colour"), default=TagColour.GREY)
    name_key: Mapped[str] = mapped_column(String(_LONGEST_KEY))

    @property
    def tone(self) -> Tone:
        """How its badge is coloured."""
        return self.colour.tone or Tone.PLAIN


class Tagging(Linked):
    """A tagging is a tag on a record."""

    __tablename__ = "core_tagging"
    __table_args__ = (
        unique("resource", "record_id", "tag_id"),
        index("tag_id", "resource", "record_id"),
    )
    named_by = ("tag",)
    told = _("Tag")
    is_work = True

    tag: Mapped[Tag] = belongs_to(Tag, label=_("Tag"))
    tag_id: Mapped[int]


def key_of_tag(name: str) -> str:
    """Return what two tags of the same name have in common, capitals and width or not."""
    return unicodedata.normalize("NFKC", name).casefold()


def every_tag() -> Select[Tag]:
    """Select the tags of the company in the order of their names."""
    return select(Tag).order_by(Tag.name_key, Tag.id)


def tags_called(words: str) -> list[Tag]:
    """Return the tags in whose names all of these words stand, in whatever script."""
    return [one for one in session().scalars(every_tag()) if words_stand_in([one.name], words)]


def tag_numbered(ident: int) -> Select[Tag]:
    """Select a tag by its id."""
    return select(Tag).where(Tag.id == ident)


def tags_on(resource: type[Resource], record: Any) -> Select[Tag]:
    """Select the tags of a record in the order of their names."""
    theirs = (Tagging.resource == resource.key(), Tagging.record_id == record.id)
    return select(Tag).join(Tag, Tagging.tag).where(*theirs).order_by(Tag.name_key)


def tagged(resource: type[Resource], *tags: int) -> ColumnElement[bool]:
    """Return what is true of the records that bear one of these tags; of any tag for none."""
    mine: list[ColumnElement[bool]] = [Tagging.tag_id.in_(tags)] if tags else []
    return exists().where(
        Tagging.company_id == resource.model.company_id,
        Tagging.resource == resource.key(),
        Tagging.record_id == resource.model.id,
        *mine,
    )


def tag_field(resource: type[Resource]) -> Described | None:
    """Return what lists are narrowed by tags with, as if tags were a reference; None without."""
    if Keeps.TAGS not in resource.model.keeps or TAGS in fields_of(resource.model):
        return None
    column = Tagging.__table__.c.tag_id
    return Described(
        name=TAGS, key=TAGS, kind=Kind.REFERENCE, about=_ABOUT, column=column, target=Tag
    )


def tagged_as(resource: type[Resource], operator: str, value: Any) -> ColumnElement[bool]:
    """Return what is true of the records whose tags compare that way: `eq`, `neq`, `empty`."""
    if operator == "empty":
        return ~tagged(resource) if value else tagged(resource)
    wanted = list(value) if isinstance(value, list | tuple) else [value]
    ids = [one for one in wanted if one is not None]
    found = [tagged(resource, *ids)] if ids else []
    found += [~tagged(resource)] if None in wanted else []
    bears = or_(false(), *found)
    return ~bears if operator in ("neq", "nrel_o_m") else bears


def uses_of_tags() -> Select[int, int]:
    """Select how many records bear each tag: its id and the number."""
    return select(Tagging.tag_id, func.count(Tagging.id)).group_by(Tagging.tag_id)


def tag_record(resource: type[Resource], record: Any, names: Iterable[str]) -> list[Tag]:
    """Let a record bear these tags and no others; words that are new become tags of the company."""
    if Keeps.TAGS not in resource.model.keeps:
        raise NotFound
    wanted: dict[str, str] = {}
    for name in map(checked_name, names):
        wanted.setdefault(key_of_tag(name), name)
    if len(wanted) > MOST_ON_A_RECORD:
        raise TooManyTags(MOST_ON_A_RECORD)
    tags = _known(wanted)
    theirs = (Tagging.resource == resource.key(), Tagging.record_id == record.id)
    held = {one.tag_id: one for one in session().scalars(select(Tagging).where(*theirs))}
    for ident in held.keys() - {tag.id for tag in tags}:
        session().delete(held[ident])
    for tag in tags:
        if tag.id not in held:
            made = Tagging(resource=resource.key(), record_id=record.id, tag_id=tag.id)
            session().add(made)
    session().flush()
    return tags


def add_tag(name: str, *, colour: TagColour = TagColour.GREY) -> Tag:
    """Give the company a tag."""
    told = checked_name(name)
    if (session().scalar(select(func.count(Tag.id))) or 0) >= MOST_TAGS:
        raise TooManyTags(MOST_TAGS)
    tag = Tag(name=told, name_key=key_of_tag(told), colour=colour)
    try:
        with current().attempt():
            session().add(tag)
            session().flush()
    except IntegrityError:
        raise TagIsThere(told) from None
    return tag


def change_tag(tag: Tag, *, name: str, colour: TagColour) -> None:
    """Call a tag something else, or give it another colour, on every record that bears it."""
    told = checked_name(name)
    try:
        with current().attempt():
            tag.name, tag.name_key, tag.colour = told, key_of_tag(told), colour
            session().flush()
    except IntegrityError:
        raise TagIsThere(told) from None


def drop_tag(tag: Tag) -> None:
    """Take a tag away from the company, and from every record that bears it."""
    session().execute(delete(Tagging).where(Tagging.tag_id == tag.id))
    session().delete(tag)
    session().flush()


def checked_name(name: Any) -> str:
    """Return a tag's name without blanks around it; refuses what is no name."""
    told = said_text(name, field=TAGS, length=LONGEST_TAG)
    if len(key_of_tag(told)) > _LONGEST_KEY:  # one sign may stand for a whole sentence
        raise InvalidInput({TAGS: [_("At most %(length)s characters.", length=LONGEST_TAG)]})
    return told


def _known(wanted: Mapping[str, str]) -> list[Tag]:
    """Return the tags of these names by their keys; those that are not there are made."""
    found = {tag.name_key: tag for tag in session().scalars(_called(wanted))}
    for key, name in wanted.items():
        if key not in found:
            found[key] = _made_by_somebody(name)
    return [found[key] for key in sorted(found)]


def _called(keys: Iterable[str]) -> Select[Tag]:
    return select(Tag).where(Tag.name_key.in_(sorted(keys)))


def _made_by_somebody(name: str) -> Tag:
    """Make a tag, or take the one that somebody else has made at the same moment."""
    try:
        return add_tag(name)
    except TagIsThere:
        there: Tag | None = session().scalar(_called([key_of_tag(name)]))
        if there is None:
            raise
        return there
