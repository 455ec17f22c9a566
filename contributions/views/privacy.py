"""What is kept and what is not, in plain words. `data_inventory` names each field; a test holds it to the tables."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.queries import releases
from contributions import data_inventory
from contributions.mailing.subscriptions import KEPT_DAYS
from contributions.reports import keys
from contributions.reports.anonymity import DENIAL_MINIMUM


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy page."""
    context = {
        "kept": data_inventory.GROUPS,
        "mailing": (data_inventory.SIGNUP, data_inventory.LEFT),
        "signup_days": KEPT_DAYS,
        "minimum": DENIAL_MINIMUM,
        "days": keys.DAYS_AFTER_YEAR,
        "calendar": releases.calendar(),
    }
    return render(request, "contributions/privacy.html", context)
