"""Printing: PDF files of records, from templates that companies may change."""
