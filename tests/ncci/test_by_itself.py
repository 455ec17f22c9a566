"""What denies a line by itself is the same whether or not the other lines of the day are looked for."""

from django.http import QueryDict

from codes import ncci, pricing
from codes.code_request import code_request_of
from codes.models import FeeScheduleRow
from codes.ncci import fixes
from codes.rules import Fix
from codes.rules.offered import modifiers_offered

ODD = ("GY", "GZ", "50", "26", "TC", "95", "QW", "ZZ")


def test_a_line_is_denied_alike_with_and_without_a_look_at_others(sample: None) -> None:
    codes = sorted(set(FeeScheduleRow.objects.values_list("code", flat=True)))[::9]
    denied = 0
    for code in codes:
        asked = code_request_of(QueryDict("zip=36301&dos=2026-08-03"), code)
        assert asked
        assert asked.result
        if (reference := asked.result.reference) is None:
            continue
        for modifier in dict.fromkeys((*modifiers_offered(code, asked.record.main_row, None), *ODD)):
            line = pricing.Line(code, (modifier,), place_of_service="11")
            whole = ncci.check_line(line, reference, asked.at).checked
            alone = ncci.unpaid_by_itself(line, reference, asked.at)
            assert _said(alone) == _said(whole)
            if ncci.unpaid_by_itself(pricing.Line(code), reference, asked.at) is None:
                assert _said(ncci.unpaid_with(modifier, line, reference, asked.at)) == _said(whole)
            denied += whole.denied
    assert denied > len(codes)


def _said(checked: ncci.CheckedLine | None) -> tuple[str, str, str, Fix | None] | None:
    """Why a line is denied, by what, who bears it and what to do; None where it is not denied."""
    if checked is None or not checked.denied:
        return None
    return checked.denied_reason, checked.citation, checked.liability, fixes.fix_of(checked)
