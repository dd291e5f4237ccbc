"""The kinds of settings there are, and what the history calls each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bumen.activation.models import DEPARTMENTS
from bumen.approvals import Absence, ApprovalRule
from bumen.company.models import PEOPLE
from bumen.documents.flow_settings import FlowSetting
from bumen.documents.numbering import CompanyNumbering
from bumen.documents.working_days import CalendarDay, WorkdayCalendar
from bumen.i18n import Text, translator
from bumen.model import CompanyModel
from bumen.printing.models import Letterhead, PaperTemplate, PaperText
from bumen.security.api_keys import API_KEYS
from bumen.security.models import ROLES
from bumen.visibility.models import FIELD_RULES
from bumen.webhooks import Webhook

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class SettingsKind:
    """A kind of settings, with what its entries are kept under and the models they are of."""

    title: Text
    reported: str = ""
    models: tuple[type[CompanyModel], ...] = ()

    @property
    def resources(self) -> tuple[str, ...]:
        """What its entries are kept under."""
        of_models = tuple(str(one.__tablename__) for one in self.models)
        return (self.reported, *of_models) if self.reported else of_models


KINDS: Mapping[str, SettingsKind] = {
    "people": SettingsKind(title=_("People of the company"), reported=PEOPLE),
    "roles": SettingsKind(title=_("Roles of the company"), reported=ROLES),
    "fields": SettingsKind(title=_("Field rules"), reported=FIELD_RULES),
    "departments": SettingsKind(title=_("Department switchboard"), reported=DEPARTMENTS),
    "keys": SettingsKind(title=_("Keys for programs"), reported=API_KEYS),
    "numbers": SettingsKind(title=_("Document numbers"), models=(CompanyNumbering,)),
    "flows": SettingsKind(title=_("Workflows"), models=(FlowSetting,)),
    "calendar": SettingsKind(title=_("Working calendar"), models=(WorkdayCalendar, CalendarDay)),
    "absences": SettingsKind(title=_("Absences and substitutes"), models=(Absence,)),
    "approvals": SettingsKind(title=_("Rules for approval"), models=(ApprovalRule,)),
    "papers": SettingsKind(title=_("Papers"), models=(Letterhead, PaperTemplate, PaperText)),
    "webhooks": SettingsKind(title=_("Webhooks"), models=(Webhook,)),
}
"""Every kind, by what addresses call it."""

KIND_OF: Mapping[str, str] = {key: name for name, one in KINDS.items() for key in one.resources}
"""The name of a kind by what its entries are kept under."""
MODEL_OF: Mapping[str, type[CompanyModel]] = {
    str(model.__tablename__): model for one in KINDS.values() for model in one.models
}
"""The model of entries that are about records, by what they are kept under."""
