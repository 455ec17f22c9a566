"""How two versions of a tip are compared: whole texts, a state by its name, and nothing as nothing."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from codes.models import Tip, TipState
from codes.models.tip import WORDS

NOTHING = "nothing"
LONGEST = 700  # above the longest text, so that none is shortened


class WholeTexts(HistoricalRecordContextHelper):  # type: ignore[misc]
    """The differences of a former version from the one before it."""

    def __init__(self, record: Any) -> None:
        super().__init__(Tip, record, max_displayed_delta_change_chars=LONGEST)

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        if value in (None, "") or (isinstance(value, DeletedObject) and value.pk is None):
            return NOTHING
        return TipState(value).label if change.field == "state" else value


def differences(tip: Any, change: Tip) -> SafeString:
    """The words of `tip`, or of one of its former versions, that `change` puts others in the place of."""
    changes = (
        (capfirst(title), getattr(tip, name) or NOTHING, getattr(change, name) or NOTHING)
        for name, title in ((field.name, field.verbose_name) for field in Tip._meta.fields)
        if name in WORDS and getattr(tip, name) != getattr(change, name)
    )
    rows = format_html_join(mark_safe("<br>"), "<strong>{}:</strong> <del>{}</del> <ins>{}</ins>", changes)
    return rows or SafeString("Nothing yet")
