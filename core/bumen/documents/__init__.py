"""What every document has: a number and a state that moves."""

from bumen.documents.document import Document
from bumen.documents.numbering import next_number

__all__ = ["Document", "next_number"]
