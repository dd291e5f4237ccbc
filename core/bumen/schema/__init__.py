"""What may be written: marshmallow schemas made from resources, one for screens, API and import."""

from bumen.schema.build import Asking, arguments_schema, lines_schema, value_of, write_schema
from bumen.schema.load import first_said, loaded, said_text

__all__ = [
    "Asking",
    "arguments_schema",
    "first_said",
    "lines_schema",
    "loaded",
    "said_text",
    "value_of",
    "write_schema",
]
