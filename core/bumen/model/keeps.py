"""What can be kept beside a record: a model says which of it."""

from enum import StrEnum


class Keeps(StrEnum):
    """A part of the paper trail that people add to a record."""

    FILES = "files"
    DISCUSSION = "discussion"
    ACTIVITIES = "activities"
    TAGS = "tags"


EVERYTHING = frozenset(Keeps)
"""All of it: what documents keep."""
