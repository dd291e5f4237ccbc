"""What people see of petitions."""

from bumen import Resource, User, next_number, step, today
from petitions.models import Petition, Post
from petitions.texts import _


def write(petition: Petition, *, by: User | None) -> None:
    """Give a petition its number."""
    petition.number = next_number("P-{0000}", kind="petitions.petition", on=today())


def grant(petition: Petition, *, by: User, opinion: str) -> None:
    """Grant what is asked for; counted, to see that it happens once."""
    petition.move("grant", by=by, opinion=opinion)
    petition.granted += 1


class Petitions(Resource):
    """What people ask for."""

    model = Petition
    title = _("Petitions")
    columns = ("number", "state", "amount")
    actions = (
        step(Petition.workflow, "ask"),
        step(Petition.workflow, "grant", grant),
        step(Petition.workflow, "deny"),
        step(Petition.workflow, "take_back"),
    )
    on_create = staticmethod(write)


class Posts(Resource):
    """Who stands where."""

    model = Post
    title = _("Posts")
    columns = ("name", "user_id")
