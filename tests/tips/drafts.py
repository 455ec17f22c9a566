"""Tips as tests write them."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from codes.actions import tips
from codes.models import Tip

TODAY = date(2026, 11, 23)


def draft(by: User, text: str = "Count lesions.", **words: Any) -> Tip:
    """A draft about 76376, with a source unless the test says otherwise."""
    given = {"code": "76376", "order": 1, "source_title": "CPT code set", **words}
    return tips.write(Tip(text=text, **given), by)


def published(by: User, reviewer: User, text: str = "Count lesions.", **words: Any) -> Tip:
    """A tip on the page."""
    return tips.publish(tips.submit(draft(by, text, **words), by), reviewer, TODAY)
