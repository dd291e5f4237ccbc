"""What a record is: tables, fields, references, and the walls between companies."""

from bumen.model.archived import Archived
from bumen.model.base import OF_EVERY_RECORD, CompanyModel, Model, index, metadata, unique
from bumen.model.fields import About, Limit, field
from bumen.model.keeps import EVERYTHING, Keeps
from bumen.model.references import account, belongs_to, has_lines, line_of

__all__ = [
    "EVERYTHING",
    "OF_EVERY_RECORD",
    "About",
    "Archived",
    "CompanyModel",
    "Keeps",
    "Limit",
    "Model",
    "account",
    "belongs_to",
    "field",
    "has_lines",
    "index",
    "line_of",
    "metadata",
    "unique",
]
