"""The lists of tips that staff works through."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from codes.models import Tip, TipState


def to_do(tips: QuerySet[Tip], name: str, staff: int | None) -> QuerySet[Tip]:
    """The tips of a list that a member of staff works through; all of them for a name that is none."""
    if name == "review":
        return tips.filter(state=TipState.IN_REVIEW).exclude(author_id=staff)
    if name == "mine":
        return tips.filter(state=TipState.DRAFT, author_id=staff)
    if name == "again":
        return tips.filter(state=TipState.PUBLISHED, review_again_by__lt=timezone.localdate())
    if name == "soon":
        today = timezone.localdate()
        due = (today, today + timedelta(days=30))
        return tips.filter(state=TipState.PUBLISHED, review_again_by__range=due)
    return tips
