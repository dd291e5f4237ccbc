"""What every document has: a number and a state that moves."""

from bumen.documents.document import Document
from bumen.documents.moving import Moving
from bumen.documents.numbering import Numbering, next_number

__all__ = ["Document", "Moving", "Numbering", "next_number"]
