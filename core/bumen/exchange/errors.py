"""What an import refuses, and the sentence it says it with.

A refusal of the whole file is an error; what is wrong with one row is a `RowProblem` of the
report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bumen.errors import BusinessError
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class UnreadableFile(BusinessError):
    """The refusal of a file that no rows can be taken from."""


class FileIsMissing(UnreadableFile):
    """There is no such file, or it may not be read."""

    def __init__(self, file: str) -> None:
        super().__init__(_("The file %(file)s does not exist or cannot be opened.", file=file))


class FileIsEmpty(UnreadableFile):
    """The file, or the sheet, has no header row."""

    def __init__(self, file: str) -> None:
        super().__init__(_("%(file)s is empty. The first row must name the columns.", file=file))


class NotATable(UnreadableFile):
    """The file is something else: a picture, a document, a program."""

    def __init__(self, file: str, *, content: Text | str) -> None:
        super().__init__(
            _(
                "%(file)s is not a table but %(content)s. Please save it as CSV, XLSX, ODS or XLS.",
                file=file,
                content=content,
            )
        )


class MislabelledFile(UnreadableFile):
    """The file's name promises one kind of table and its content is another."""

    def __init__(self, file: str, *, extension: str, content: Text | str) -> None:
        super().__init__(
            _(
                "%(file)s ends in %(extension)s but contains %(content)s. "
                "Please save it again in the format its name says.",
                file=file,
                extension=extension,
                content=content,
            )
        )


class WorkbookIsDamaged(UnreadableFile):
    """The workbook's inside does not follow its format."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("The workbook %(file)s is damaged. Please open it and save it again.", file=file)
        )


class WorkbookIsEncrypted(UnreadableFile):
    """The workbook opens with a password only."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _(
                "The workbook %(file)s is protected by a password. Please save it without one.",
                file=file,
            )
        )


class WorkbookIsTooLarge(UnreadableFile):
    """The workbook would take more memory than the server gives to one import."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _(
                "The workbook %(file)s is too large to be opened. "
                "Please save the sheet as CSV, which has no limit.",
                file=file,
            )
        )


class SheetIsTooLarge(UnreadableFile):
    """A sheet spans more cells than an import opens, often by one cell in a far corner."""

    def __init__(self, file: str, *, rows: int, columns: int, limit: int) -> None:
        super().__init__(
            _(
                "A sheet of %(file)s spans %(rows)s rows and %(columns)s columns; "
                "at most %(limit)s cells are read from a workbook. "
                "Please delete stray cells, or save the sheet as CSV.",
                file=file,
                rows=rows,
                columns=columns,
                limit=limit,
            )
        )


class UnknownSheet(UnreadableFile):
    """The workbook has no sheet of that name."""

    def __init__(self, file: str, *, sheet: str, sheets: Sequence[str]) -> None:
        super().__init__(
            _(
                "The workbook %(file)s has no sheet “%(sheet)s”. Its sheets are: %(sheets)s.",
                file=file,
                sheet=sheet,
                sheets=", ".join(sheets),
            )
        )


class UnknownEncoding(UnreadableFile):
    """Nobody knows an encoding of that name."""

    def __init__(self, encoding: str) -> None:
        super().__init__(_("There is no encoding “%(encoding)s”.", encoding=encoding))


class UnknownDelimiter(UnreadableFile):
    """Columns are separated by exactly one character."""

    def __init__(self, delimiter: str) -> None:
        super().__init__(
            _(
                "“%(delimiter)s” cannot separate columns. "
                "Please name one character, such as a comma.",
                delimiter=delimiter,
            )
        )


class UndecodableText(UnreadableFile):
    """The text does not fit the encoding."""

    def __init__(self, file: str, *, encoding: str) -> None:
        super().__init__(
            _(
                "%(file)s cannot be read as %(encoding)s. "
                "Please choose the encoding it was saved in.",
                file=file,
                encoding=encoding,
            )
        )


class ContainsNul(UnreadableFile):
    """A NUL character stands where text should be."""

    def __init__(self, file: str, *, row: int) -> None:
        super().__init__(
            _(
                "Row %(row)s of %(file)s contains a NUL character, which no text has. "
                "Please choose another encoding, or save the file again.",
                row=row,
                file=file,
            )
        )


class BrokenRow(UnreadableFile):
    """A row that quotation marks do not close, or one that is longer than any real one."""

    def __init__(self, file: str, *, row: int) -> None:
        super().__init__(
            _(
                "Row %(row)s of %(file)s cannot be read. "
                "Is a quotation mark missing, or one too many?",
                row=row,
                file=file,
            )
        )


class TooManyColumns(UnreadableFile):
    """The table is wider than any real one."""

    def __init__(self, file: str, *, columns: int, limit: int) -> None:
        super().__init__(
            _(
                "%(file)s has %(columns)s columns; at most %(limit)s are possible.",
                file=file,
                columns=columns,
                limit=limit,
            )
        )


class DuplicateColumns(UnreadableFile):
    """Two columns share a name, so that neither can be told from the other."""

    def __init__(self, file: str, *, names: Sequence[str]) -> None:
        super().__init__(
            _(
                "More than one column of %(file)s is named: %(names)s. "
                "Please give each column a name of its own.",
                file=file,
                names=", ".join(names),
            )
        )


class MappingIsWrong(BusinessError):
    """A mapping that does not say what to do; every mistake stands at its place."""

    def __init__(self, mistakes: Mapping[str, Sequence[Text | str]], *, file: str) -> None:
        super().__init__(
            _("The mapping %(file)s has mistakes.", file=file),
            fields=mistakes,
        )

    def __str__(self) -> str:
        marks = (f"{place}: {text}" for place, texts in self.fields.items() for text in texts)
        return "\n".join([str(self.message), *(mark.removeprefix(": ") for mark in marks)])


class NoColumnMatches(BusinessError):
    """Without a mapping, columns are found by the fields' names and labels; here none was."""

    def __init__(self, file: str, *, fields: Sequence[Text | str]) -> None:
        super().__init__(
            _(
                "No column of %(file)s is named like a field. The fields are: %(fields)s.",
                file=file,
                fields=", ".join(map(str, fields)),
            )
        )


class UnknownResource(BusinessError):
    """There is nothing of this name in the company."""

    status = 404

    def __init__(self, key: str, *, known: Sequence[str]) -> None:
        super().__init__(
            _(
                "There is no “%(key)s” in this company. There are: %(known)s.",
                key=key,
                known=", ".join(known),
            )
        )


class NotImportable(BusinessError):
    """Nobody may add records of this kind, so they cannot be imported either."""

    def __init__(self, title: Text | str) -> None:
        super().__init__(_("%(title)s cannot be imported.", title=title))
