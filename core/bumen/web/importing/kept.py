"""Mappings on the pages of imports: kept under a name, used again, taken along as a file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for

from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.importing import steps
from bumen.importing.keeping import as_toml, content_in, drop_mapping, keep_mapping
from bumen.importing.planning import resource_called
from bumen.imports import Import, KeptMapping
from bumen.imports.finding import mappings_seen
from bumen.unit_of_work import committed, current, session
from bumen.web.importing.pages import import_page
from bumen.web.importing.viewing import found_import, page_of
from bumen.web.jobs.viewing import sees_all
from bumen.web.security import somebody_here

_ = translator(__file__, "bumen")

LARGEST_MAPPING = 1_000_000


def mapping_pages(pages: Blueprint) -> None:
    """Add what is done with mappings to the pages of imports."""
    pages.add_url_rule("/<int:ident>/mapping.toml", "mapping", take_mapping, methods=["GET"])
    pages.add_url_rule("/<int:ident>/mapping", "use", use, methods=["POST"])
    pages.add_url_rule("/<int:ident>/mapping/keep", "keep", keep, methods=["POST"])
    pages.add_url_rule("/mappings/<int:ident>.toml", "kept_mapping", kept_mapping, methods=["GET"])
    pages.add_url_rule("/mappings/<int:ident>/drop", "drop_mapping", drop, methods=["POST"])


def take_mapping(ident: int) -> Response:
    """Answer with the mapping as a file."""
    kept = found_import(ident)
    if not kept.mapping:
        raise NotFound
    return _toml(kept.mapping, kept.resource)


def kept_mapping(ident: int) -> Response:
    """Answer with a kept mapping as a file."""
    resource = resource_called(request.args.get("resource", ""))
    found = _kept_mapping(resource.key(), str(ident))
    return _toml(found.mapping, found.name)


def _toml(mapping: dict[str, Any], name: str) -> Response:
    content = BytesIO(as_toml(mapping).encode())
    return send_file(content, "application/toml", as_attachment=True, download_name=f"{name}.toml")


def use(ident: int) -> Any:
    """Use a kept mapping, or one from a file that was sent."""
    kept = found_import(ident)
    try:
        content = _mapping_sent(kept)
        with committed(current()):
            steps.match(kept, content)
    except BusinessError as wrong:
        current().rollback()
        return import_page(found_import(ident), refusal=wrong)
    return redirect(page_of(kept), 303)


def keep(ident: int) -> Any:
    """Keep the mapping of an import under a name."""
    user, kept = somebody_here(), found_import(ident)
    name = request.form.get("name", "").strip()
    try:
        with committed(current()):
            keep_mapping(kept, name=name, shared="shared" in request.form, by=user)
    except BusinessError as wrong:
        current().rollback()
        return import_page(found_import(ident), refusal=wrong)
    flash(str(_("The mapping has been kept as “%(name)s”.", name=name)), "success")
    return redirect(page_of(kept), 303)


def drop(ident: int) -> Any:
    """Forget a kept mapping."""
    user = somebody_here()
    resource = resource_called(request.form.get("resource", ""))
    found = _kept_mapping(resource.key(), str(ident))
    with committed(current()):
        drop_mapping(found, by=user, administers=sees_all())
    flash(str(_("The mapping has been removed.")), "success")
    return redirect(url_for("imports.new", resource=resource.key()), 303)


def _mapping_sent(kept: Import) -> dict[str, Any]:
    file = request.files.get("mapping")
    if file is not None and file.filename:
        return content_in(file.read(LARGEST_MAPPING), name=file.filename)
    return _kept_mapping(kept.resource, request.form.get("use", "")).mapping


def _kept_mapping(key: str, ident: str) -> KeptMapping:
    every = session().scalars(mappings_seen(key, user_id=current().user.id))
    found = next((one for one in every if str(one.id) == ident), None)
    if found is None:
        raise NotFound
    return found
