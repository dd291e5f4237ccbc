"""Discussions: what people say about a record, who reads it, and who is told."""

from bumen.documents.discussion.errors import (
    CommentIsAnothers,
    CommentIsWithdrawn,
    CommentStands,
    TooManyMentions,
)
from bumen.documents.discussion.following import follow, following, wishes_about
from bumen.documents.discussion.mentions import people_offered
from bumen.documents.discussion.models import (
    Comment,
    CommentReading,
    Follower,
    comments_of,
    count_of,
    readings_of,
    unread_by,
)
from bumen.documents.discussion.service import (
    COMMENT,
    Said,
    comment_called,
    comment_on,
    correct_comment,
    read_comments,
    withdraw_comment,
)

__all__ = [
    "COMMENT",
    "Comment",
    "CommentIsAnothers",
    "CommentIsWithdrawn",
    "CommentReading",
    "CommentStands",
    "Follower",
    "Said",
    "TooManyMentions",
    "comment_called",
    "comment_on",
    "comments_of",
    "correct_comment",
    "count_of",
    "follow",
    "following",
    "people_offered",
    "read_comments",
    "readings_of",
    "unread_by",
    "wishes_about",
    "withdraw_comment",
]
