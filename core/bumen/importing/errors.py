"""What imports by people refuse, and the sentence they say it with."""

from __future__ import annotations

from collections.abc import Mapping

from bumen.errors import BusinessError, Conflict, listed
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class FileIsGone(BusinessError):
    """The refusal to read a file that is not kept any more."""

    def __init__(self) -> None:
        super().__init__(_("The file is not kept any more. Please upload it again."))


class NotThatFar(Conflict):
    """The refusal of a step that an import is not ready for, or has behind it."""

    def __init__(self) -> None:
        super().__init__(_("The import is not at this step. Please look at it again."))


class ColumnsAreUnmatched(BusinessError):
    """The refusal to check a file of which nobody has said which column becomes which field."""

    def __init__(self) -> None:
        super().__init__(_("Say for at least one column which field it becomes."))


class RequiredAreUnmatched(BusinessError):
    """The refusal to check a file while fields that every new record needs are given by nothing."""

    def __init__(self, missing: Mapping[str, Text]) -> None:
        said = _(
            "Say which columns give the following fields, or give them one value for all rows: "
            "%(fields)s.",
            fields=listed([*missing.values()]),
        )
        required = _("This field is required.")
        super().__init__(said, fields={place: [required] for place in missing})
        self.missing = tuple(missing)


class NothingToImport(BusinessError):
    """The refusal to import a file whose rows are all refused or skipped."""

    def __init__(self) -> None:
        super().__init__(_("Not one row of this file can be imported."))


class SomeRowsAreBad(BusinessError):
    """The refusal to import the whole of a file in which some rows were refused."""

    def __init__(self) -> None:
        super().__init__(
            _("Some rows cannot be imported. Correct the file, or import only the good rows.")
        )


class NothingToUndo(BusinessError):
    """The refusal to undo an import that has made and changed nothing."""

    def __init__(self) -> None:
        super().__init__(_("This import has made and changed nothing."))


class MappingNameIsTaken(Conflict):
    """The refusal of a second mapping for one resource under one name."""

    def __init__(self, name: str) -> None:
        message = _("There is a mapping called “%(name)s” already.", name=name)
        super().__init__(message, field="name")
