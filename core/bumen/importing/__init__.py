"""Imports by people and programs: upload, match the columns, check, import, undo."""
