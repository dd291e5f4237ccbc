"""What somebody sees of a company's records, where that is not all: which records, which fields."""

from bumen.visibility.asked import denied, told_to_asked
from bumen.visibility.fields import (
    as_seen,
    fixed_fields,
    hidden_beyond,
    hidden_by,
    hidden_fields,
    kept_from,
)
from bumen.visibility.models import Effect, FieldRule, field_rules
from bumen.visibility.narrowing import whole_of
from bumen.visibility.proposed import begin_with_proposed, missing_rules
from bumen.visibility.records import in_the_company, limits, seen, seen_of
from bumen.visibility.rules import Held, RoleGrants, RoleRule, held_in, rules_held
from bumen.visibility.scoped import own_records, scope_parts

__all__ = [
    "Effect",
    "FieldRule",
    "Held",
    "RoleGrants",
    "RoleRule",
    "as_seen",
    "begin_with_proposed",
    "denied",
    "field_rules",
    "fixed_fields",
    "held_in",
    "hidden_beyond",
    "hidden_by",
    "hidden_fields",
    "in_the_company",
    "kept_from",
    "limits",
    "missing_rules",
    "own_records",
    "rules_held",
    "scope_parts",
    "seen",
    "seen_of",
    "told_to_asked",
    "whole_of",
]
