"""Tree: records that refer to records of their own kind."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import CompanyModel, Plugin, Resource, belongs_to, field, translator, unique

_ = translator(__file__, "tree")


class Branch(CompanyModel):
    """A branch grows from another, or from nothing."""

    __tablename__ = "tree_branch"
    __table_args__ = (unique("name"),)
    named_by = ("name",)

    name: Mapped[str] = field(String(50), label=_("Name"))
    parent: Mapped["Branch | None"] = belongs_to("Branch", label=_("Grows from"))
    parent_id: Mapped[int | None]


class Branches(Resource):
    """All branches."""

    model, title, columns = Branch, _("Branches"), ("name", "parent")


plugin = Plugin(name="tree", title=_("Tree"), resources=(Branches,))
