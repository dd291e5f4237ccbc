"""What the office answers to the host."""

from sqlalchemy import select

from bumen import Position, hookimpl, session
from petitions.models import Post


@hookimpl
def bumen_position_of(user_id: int) -> Position | None:
    """Tell where somebody stands."""
    with session().no_autoflush:
        post = session().scalar(select(Post).where(Post.user_id == user_id))
    if post is None:
        return None
    return Position(
        user_id=user_id,
        employee=post.name,
        department=post.department or "",
        superior=post.superior,
        manager=post.manager,
    )
