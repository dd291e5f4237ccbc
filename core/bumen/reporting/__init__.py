"""Answers of analyses in words, as files, and by mail."""
