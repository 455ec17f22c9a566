"""What a tip may be about: the codes and RBCS families that are in any loaded list."""

from collections.abc import Mapping
from difflib import get_close_matches

from codes.models import AnesthesiaBase, FeeScheduleRow, HcpcsText, LabRate, MueLimit, RbcsAssignment
from codes.models.release import Source
from codes.queries.nearest import nearest_codes
from codes.queries.releases import Calendar

LISTS = (FeeScheduleRow, HcpcsText, LabRate, AnesthesiaBase, MueLimit)


def wrong_subject(calendar: Calendar, subject: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a code, family, first_code or last_code, by its field; empty where nothing is, or where
    nothing is loaded that could tell. The ends of a range need not be codes themselves, but one must lie between."""
    problems: dict[str, str] = {}
    if not calendar.of(Source.PPRRVU):
        return problems
    if (code := subject["code"]) and not _any(code, code):
        problems["code"] = f"{code} is in no list that is loaded.{_nearest(calendar, code)}"
    first, last = subject["first_code"], subject["last_code"]
    if first and last and not _any(first, last):
        problems["first_code"] = f"No code from {first} to {last} is in a list that is loaded."
    families = families_of(calendar)
    if families and (family := subject["family"]) and family not in families:
        spelled = {name.casefold(): name for name in families}
        near = [spelled[name] for name in get_close_matches(family.casefold(), spelled, n=5, cutoff=0.4)]
        problems["family"] = (
            f"RBCS has no family “{family}”. {'Near it: ' + ', '.join(near) + '.' if near else ''}"
        )
    return problems


def families_of(calendar: Calendar) -> list[str]:
    """The names of the families in the newest RBCS file, as CMS spells them."""
    newest = next(iter(calendar.of(Source.RBCS)), None)
    if newest is None:
        return []
    named = RbcsAssignment.objects.filter(release=newest).exclude(family="")
    return sorted(named.values_list("family", flat=True).order_by().distinct())


def _any(first: str, last: str) -> bool:
    return any(model._default_manager.filter(code__gte=first, code__lte=last).exists() for model in LISTS)


def _nearest(calendar: Calendar, wrong: str) -> str:
    near = (f"{code} ({name})" if name else code for code, name in nearest_codes(calendar, wrong))
    listed = ", ".join(near)
    return f" Near it: {listed}." if listed else ""
