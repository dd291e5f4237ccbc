"""How far customers are trusted, as people see it."""

from bumen import Resource, Scoped, Section, dated, step
from bumen_base.models import SCOPES
from bumen_sales.models import CreditEvaluation, CreditPolicy, EvaluationState
from bumen_sales.services import (
    approve_evaluation,
    draft_evaluation,
    revise_evaluation,
    save_policy,
    submit_evaluation,
)
from bumen_sales.texts import _


class CreditEvaluations(Resource):
    """How far customers can be trusted, and up to which limit."""

    model = CreditEvaluation
    title = _("Credit evaluations")
    columns = (
        "number",
        "customer",
        "evaluated_on",
        "score",
        "grade",
        "credit_limit",
        "valid_until",
        "state",
    )
    fields = ("customer", "credit_limit", "valid_until", "note")
    search = ("number", "customer.code", "customer.name")
    sections = (
        Section(
            _("Score card"),
            (
                "evaluated_on",
                "counted",
                "in_time",
                "days_late",
                "years",
                "turnover",
                "disputes",
                "score",
                "grade",
            ),
        ),
        Section(_("Limit"), ("proposed_limit", "credit_limit", "valid_until", "warned_on")),
    )
    empty = _("Nobody has been evaluated yet. Choose a customer: the score card fills itself in.")
    scope = Scoped(through="customer")
    scopes = SCOPES
    open_in = frozenset({EvaluationState.DRAFT})
    clauses = ("B9.2",)
    actions = (
        step(CreditEvaluation.workflow, "submit", dated(submit_evaluation)),
        step(CreditEvaluation.workflow, "approve", dated(approve_evaluation)),
        step(CreditEvaluation.workflow, "refuse"),
        step(CreditEvaluation.workflow, "take_back"),
    )
    on_create = staticmethod(dated(draft_evaluation))
    on_change = staticmethod(dated(revise_evaluation))


class CreditPolicies(Resource):
    """What speaks for a customer's credit, and how much."""

    model = CreditPolicy
    title = _("Credit policies")
    columns = (
        "valid_from",
        "payment_weight",
        "years_weight",
        "size_weight",
        "disputes_weight",
        "limit_percent",
        "director_above",
        "valid_months",
    )
    order = "-valid_from"
    sections = (
        Section(_("Weights"), ("payment_weight", "years_weight", "size_weight", "disputes_weight")),
        Section(_("What counts in full"), ("full_years", "full_turnover")),
        Section(_("Limit"), ("limit_percent", "director_above", "valid_months")),
    )
    empty = _("As long as nothing is written here, payment counts 40 percent, size 25, years 20.")
    on_create = staticmethod(save_policy)
    on_change = staticmethod(save_policy)
