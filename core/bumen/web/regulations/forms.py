"""The forms regulations are written in, and what happens when one is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request

from bumen.argument import Argument
from bumen.errors import BusinessError
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import committed, current
from bumen.web.asked import Asked
from bumen.web.fields import box_for
from bumen.web.forms import RefusableForm, version_in
from bumen.web.regulations.reading import around

_ = translator(__file__, "bumen")

Done = Callable[[dict[str, Any]], Any]
"""What is done with what was typed; returns what was made or changed."""


class WritingForm(RefusableForm):
    """The form of a part of a regulation; `values` are what it shows before anybody types."""

    def __init__(
        self,
        resource: type[Resource] | None = None,
        *,
        arguments: Sequence[Argument] = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        known = {} if resource is None else fields_of(resource.model)
        fields = {
            known[name].key: box_for(Asked.of_field(known[name]))
            for name in (() if resource is None else resource.written())
        }
        fields |= {one.name: box_for(Asked.of_argument(one)) for one in arguments}
        super().__init__(fields)
        sent = request.form if request.method == "POST" else None
        self.process(sent, data=dict(values or {}))


def written_page(
    form: WritingForm,
    do: Done,
    *,
    title: Text | str,
    back: str,
    record: Any = None,
    then: Callable[[Any], str] | None = None,
    **shown: Any,
) -> Any:
    """Show a form, or do what was typed and go on; what is refused is shown with the form again."""
    refusal: BusinessError | None = None
    if request.method == "POST":
        typed = form.json()
        try:
            with committed(current()):
                if record is not None:
                    typed["version"] = version_in(request.form)
                done = do(typed)
        except BusinessError as why:
            refusal = why
            form.take(why)
        else:
            return redirect(back if then is None else then(done))
    page = render_template(
        "bumen/regulations/form.html",
        title=title,
        form=form,
        back=back,
        record=record,
        refusal=refusal,
        **around(),
        **shown,
    )
    return page, 200 if refusal is None else refusal.status


def acted(do: Callable[[], Any], *, said: Text | None = None, back: str) -> Any:
    """Do what a button says, and go back; what is refused is said there."""
    try:
        with committed(current()):
            do()
    except BusinessError as refusal:
        flash(str(refusal.message), "danger")
    else:
        if said is not None:
            flash(str(said), "success")
    return redirect(back)
