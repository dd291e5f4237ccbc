"""What columns may be called: fields in three languages, with what they belong to, or alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bumen.folding import folded as one_script
from bumen.i18n import LANGUAGES
from bumen.model.describe import Described, fields_of
from bumen.resource import Lines, Resource

Names = dict[str, str | None]
"""What a field may be called, and what a reference is then found by."""


def matches(
    fields: Sequence[Described],
    header: Sequence[str],
    *,
    owner: type[Resource] | type[Lines],
    taken: set[str],
) -> Iterator[tuple[Described, str, str | None]]:
    """Yield fields with their columns, and what a reference is found by; `taken` learns columns.

    A column is called like a field in any language, or else with what it belongs to before that:
    “Customer code” is the code of a customer, and where there is a customer, what it is found by.
    Last it is known by a word that means the same: 客戶編號 for 客戶代碼. One called exactly like a
    reference's key (`customer_id`) holds ids.
    """
    left = list(fields)
    for names, key in ((_plain_names, folded), (_whole_names, folded), (_alike_names, alike)):
        known = [(field, names(field, owner)) for field in left]
        for column in (one for one in header if one and one not in taken):
            free = (one for one in known if one[0] in left)
            fit = next((one for one in free if key(column) in one[1]), None)
            if fit is not None:
                field, by = fit[0], fit[1][key(column)]
                taken.add(column)
                left.remove(field)
                yield field, column, "id" if field.target and column == field.key else by


def alike(name: str) -> str:
    """Return a name folded, and with the usual word for one that means the same at its end."""
    plain = folded(name)
    for word, usual in _USUAL:
        if plain.endswith(word):
            return plain.removesuffix(word) + usual
    return plain


def _plain_names(field: Described, _owner: object) -> Names:
    """Return what a field may be called in a header, folded."""
    return dict.fromkeys(folded(name) for name in (*_in_all(field), field.name, field.key))


def _whole_names(field: Described, owner: type[Resource] | type[Lines]) -> Names:
    """Return what a field may be called together with what it belongs to, or is found by."""
    titles = [owner.title.in_language(one) for one in LANGUAGES]
    before = [*titles, owner.model.__name__]
    found: Names = {
        folded(f"{title}{label}"): None
        for title in before
        for label in (*_in_all(field), field.name)
    }
    others = fields_of(field.target) if field.target is not None else {}
    for name in (one for one in getattr(field.target, "named_by", ()) if one in others):
        key = others[name]
        pairs = zip((*_in_all(field), field.name), (*_in_all(key), name), strict=True)
        found |= {folded(f"{ours}{theirs}"): name for ours, theirs in pairs}
    return found


def _alike_names(field: Described, owner: type[Resource] | type[Lines]) -> Names:
    """Return the same with the usual words."""
    found = _plain_names(field, owner) | _whole_names(field, owner)
    return {alike(name): by for name, by in found.items()}


def _in_all(field: Described) -> list[str]:
    return [field.about.label.in_language(language) for language in LANGUAGES]


def folded(name: str) -> str:
    """Forget case, spaces, underscores, marks of requirement, the width of letters, the script."""
    plain = one_script(unicodedata.normalize("NFKC", name)).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


_ALIKE = (
    ("代碼", "編號", "編碼", "代號", "號碼", "code", "number"),
    ("電子郵件", "郵箱", "電子郵箱", "電郵", "信箱", "電子信箱", "email", "mail", "emailaddress"),
    ("電話", "電話號碼", "聯絡電話", "聯繫電話", "phone", "telephone", "phonenumber"),
    ("統一編號", "統編", "稅號", "納稅人識別號", "統一社會信用代碼", "taxid", "vatnumber"),
    ("備註", "備注", "附註", "remark", "remarks", "note", "notes"),
    ("區域", "地區", "region", "area"),
    ("名稱", "全名", "name"),
    ("計量單位", "單位", "unit", "uom"),
    ("單價", "售價", "unitprice", "price"),
    ("數量", "件數", "quantity", "qty"),
    ("日期", "date"),
)
"""Words that mean the same at the end of a column's name; the first is the usual one."""
_USUAL = sorted(
    ((folded(word), folded(words[0])) for words in _ALIKE for word in words),
    key=lambda pair: -len(pair[0]),
)
