"""Export of tables: a list as somebody sees it, or a report, becomes a CSV or XLSX file.

sheet = sheet_of(Customers, listing)
FORMATS["xlsx"].write(sheet, file)
"""

from bumen.exchange.export.csv_writing import write_csv
from bumen.exchange.export.extraction import MOST_ROWS, refuse_too_many, sheet_of
from bumen.exchange.export.formats import FORMATS, FileFormat, format_named
from bumen.exchange.export.sheet import Heading, Sheet, Value
from bumen.exchange.export.xlsx_writing import write_xlsx

__all__ = [
    "FORMATS",
    "MOST_ROWS",
    "FileFormat",
    "Heading",
    "Sheet",
    "Value",
    "format_named",
    "refuse_too_many",
    "sheet_of",
    "write_csv",
    "write_xlsx",
]
