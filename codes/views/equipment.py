"""The DMEPOS fees of a code in every state, as a table for programs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from codes.code_request import CodeRequest
from codes.exports.csv_response import csv_response
from codes.exports.errors import errors_of, not_found, refused, unknown
from codes.forms.price import PriceForm
from codes.queries.equipment_fees import EquipmentFees, equipment_fees
from codes.views.code_view import code_view

HEADINGS = (
    *("code", "modifiers", "category", "state", "not_rural", "rural"),
    *("ceiling", "floor", "release", "release_in_force_from"),
)


@code_view("_equipment_csv")
def equipment_csv(request: HttpRequest, found: CodeRequest) -> HttpResponse:
    """Every state and area, outside rural ZIP codes and in them."""
    if wrong := unknown(request, PriceForm) | errors_of([found.form]):
        return refused(request, wrong)
    listed = equipment_fees(found.calendar, found.record.code, found.at, found.locality)
    if listed is None:
        return not_found(
            request, f"{found.record.code} is on no DMEPOS fee schedule that is loaded for this date."
        )
    return csv_response(f"{found.record.code}-equipment.csv", HEADINGS, _rows(listed))


def _rows(listed: EquipmentFees) -> Iterator[tuple[Any, ...]]:
    release = listed.release
    for fee in listed.fees:
        of_fee = (fee.code, " ".join(fee.modifiers), fee.category_words.name)
        for state, amounts in fee.amounts.items():
            yield (*of_fee, state, *amounts, fee.ceiling, fee.floor, release.name, release.effective_from)
