"""What printing refuses, and the packages that put it right."""

from __future__ import annotations

from collections.abc import Sequence

from bumen.errors import BusinessError, Conflict, Forbidden, listed
from bumen.i18n import Text, translator
from bumen.printing.faults import in_words

_ = translator(__file__, "bumen")

FONTS = "fonts-noto-cjk"
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0"


class FontIsMissing(BusinessError):
    """The refusal to print boxes: no font of the server has these signs."""

    status = 503

    def __init__(self, signs: str) -> None:
        super().__init__(
            _(
                "No font of the server has “%(signs)s”, so nothing was printed. An administrator "
                "of the server installs the Debian package %(package)s.",
                signs=signs[:12],
                package=FONTS,
            )
        )


class SignHasNoFont(BusinessError):
    """The refusal to print a box for a rare sign: an emoji, a letter of a far script."""

    def __init__(self, signs: str) -> None:
        super().__init__(
            _(
                "No font of the server has “%(signs)s”, so nothing was printed. Take these signs "
                "out of the record or the template.",
                signs=signs[:12],
            )
        )


class LibraryIsMissing(BusinessError):
    """The refusal to print without the libraries that draw text."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "The server cannot print: an administrator of the server installs the Debian "
                "packages %(packages)s.",
                packages=LIBRARIES,
            )
        )


class PaperIsTooMuch(BusinessError):
    """The refusal of a paper that takes too long, or more room than there is."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This takes too long to print. Print fewer records at once, or look for a loop in "
                "the template that does not end."
            )
        )


class PrintingIsBusy(BusinessError):
    """The refusal to let somebody wait for others who print, without knowing for how long."""

    status = 503
    retry_after = 15

    def __init__(self) -> None:
        super().__init__(_("Others are printing just now. Please try again in a moment."))


class TemplateIsWrong(BusinessError):
    """The refusal of a template that cannot be used; says in which line, where that is known."""

    def __init__(self, said: str, *, line: int = 0) -> None:
        self.line = line
        words = in_words(said)
        told: Text = (
            _("Line %(line)s of the template: %(said)s.", line=line, said=words)
            if line
            else _("The template cannot be used: %(said)s.", said=words)
        )
        super().__init__(told, field="body")


class NothingToPrint(BusinessError):
    """The refusal to print of a record what makes no sense as it is now."""

    def __init__(self, title: Text, record: object) -> None:
        said = _(
            "There is no “%(title)s” of %(record)s as it is now.", title=title, record=str(record)
        )
        super().__init__(said)


class NothingWasPrinted(BusinessError):
    """The refusal to offer a file in which nothing is."""

    def __init__(self) -> None:
        super().__init__(_("None of these records could be printed. The log says why."))


class FieldsAreHidden(Forbidden):
    """The refusal to leave out of a paper what has to be on it, for whoever does not see that."""

    def __init__(self, title: Text, labels: Sequence[Text]) -> None:
        said = _(
            "“%(title)s” tells what you may not see: %(fields)s. Ask somebody who sees it to "
            "print it.",
            title=title,
            fields=listed(labels),
        )
        super().__init__(said)


class PaperIsWithheld(Forbidden):
    """The refusal to hand out a paper that was kept, to whoever does not see what stands on it."""

    def __init__(self, name: str, labels: Sequence[Text]) -> None:
        said = _(
            "“%(name)s” tells what you may not see: %(fields)s.", name=name, fields=listed(labels)
        )
        super().__init__(said)


class TooManyToPrint(BusinessError):
    """The refusal to print more at once than anybody would wait for."""

    def __init__(self, most: int) -> None:
        super().__init__(_("At most %(most)s records at once.", most=most), field="ids")


class SomebodyWasFaster(Conflict):
    """The refusal to overwrite a template that somebody else has changed in the meantime."""

    def __init__(self) -> None:
        said = _("Somebody else has changed this template in the meantime. Please look again.")
        super().__init__(said, field="version")
