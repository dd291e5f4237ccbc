"""What the office answers to the host."""

from sqlalchemy import select

from bumen import Organisation, Position, Whereabouts, hookimpl, session
from petitions.models import Post


@hookimpl
def bumen_organisation() -> Organisation:
    """Tell that posts are what people work in: one is called as a department is."""
    return Organisation(department=Post, region=Post)


@hookimpl
def bumen_whereabouts_of(user_id: int) -> Whereabouts | None:
    """Tell where somebody works: in the post that is called as their department."""
    own = select(Post.department).where(Post.user_id == user_id)
    found = session().scalars(select(Post.id).where(Post.name.in_(own)))
    return Whereabouts(departments=frozenset(found))


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
