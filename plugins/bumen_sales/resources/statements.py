"""What people see of statements of account, and do with them."""

from bumen import (
    Board,
    Lines,
    Printout,
    Related,
    Resource,
    Scoped,
    Section,
    dated,
    step,
)
from bumen_sales.models.statements import Statement, StatementLine, StatementState
from bumen_sales.papers import statements as paper
from bumen_sales.services.statements import (
    confirm_statement,
    dispute_statement,
    draft_statement,
    revise_statement,
    send_statement,
)
from bumen_sales.texts import _


class StatementLines(Lines):
    """What happened, one document a line."""

    model = StatementLine
    title = _("Entries")
    fields = ()
    shown = ("on", "kind", "document", "reference", "debit", "credit", "balance")


class StatementEntries(Resource):
    """The entries of statements, to be taken away as a file."""

    model = StatementLine
    title = _("Entries of statements")
    columns = ("statement", "on", "kind", "document", "debit", "credit", "balance")
    fields = ()
    scope = Scoped(through="statement")
    order = "id"
    can = frozenset()
    menu = False


class Statements(Resource):
    """What customers are asked to confirm: what they have bought, paid and still owe."""

    model = Statement
    title = _("Statements of account")
    columns = ("number", "customer", "begins_on", "ends_on", "state", "closing")
    fields = ("customer", "contact", "begins_on", "ends_on")
    search = ("number", "customer.code", "customer.name")
    views = (Board(by="state", shows=("customer", "ends_on"), total="closing"),)
    totals = ("closing",)
    empty = _("Choose a customer: what they bought and paid last month fills itself in.")
    sections = (Section(_("Answer of the customer"), ("dispute_reason",)),)
    lines = (StatementLines,)
    related = (Related(StatementEntries, by="statement"),)
    scope = Scoped(through="customer")
    open_in = frozenset({StatementState.DRAFT})
    clauses = ("E2.7",)
    printouts = (
        Printout(
            "statement",
            _("Statement of account"),
            template="statement.html",
            also=paper.ALSO,
            language=paper.LANGUAGE,
            address=paper.ADDRESS,
            needs=paper.NEEDS,
        ),
    )
    actions = (
        step(Statement.workflow, "send", dated(send_statement)),
        step(Statement.workflow, "confirm", confirm_statement),
        step(Statement.workflow, "dispute", dispute_statement),
    )
    on_create = staticmethod(dated(draft_statement))
    on_change = staticmethod(dated(revise_statement))
