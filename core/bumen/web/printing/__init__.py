"""Printing for people and programs: what is printed of a record, and how a company has it look."""
