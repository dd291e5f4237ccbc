"""Imports of files as the host remembers them: files, mappings, problems, and what they made."""

from bumen.imports.models import (
    Import,
    ImportedRecord,
    ImportFile,
    ImportProblem,
    KeptMapping,
    Stage,
)

__all__ = ["Import", "ImportFile", "ImportProblem", "ImportedRecord", "KeptMapping", "Stage"]
