"""Import of tables: CSV, XLSX, ODS and XLS files become records, by a mapping or by their header.

mapping = read_mapping("customers.toml")
report = import_file("base.customers", "customers.csv", registry=registry, mapping=mapping, by=user)
"""

from bumen.exchange.engine import import_file
from bumen.exchange.mapping import Mapping
from bumen.exchange.mapping_file import mapping_from, read_mapping
from bumen.exchange.reading import Table, read_table
from bumen.exchange.report import ImportReport, RowProblem

__all__ = [
    "ImportReport",
    "Mapping",
    "RowProblem",
    "Table",
    "import_file",
    "mapping_from",
    "read_mapping",
    "read_table",
]
