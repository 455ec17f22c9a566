"""The table of what each modifier does to an amount, beside each line priced and checked by itself."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from codes.code_request import code_request_of
from codes.models import FeeScheduleRow
from codes.queries.modifier_amounts import modifier_amounts
from codes.rules.offered import modifiers_offered

ODD = ("GY", "50", "26", "TC", "95", "QW", "AA", "80", "ZZ")


@pytest.mark.parametrize("place_of_service", ["11", "22", "02"])
def test_each_modifier_has_the_amount_of_a_line_with_it(sample: None, place_of_service: str) -> None:
    codes = sorted(set(FeeScheduleRow.objects.values_list("code", flat=True)))[::9]
    changed = 0
    for code in codes:
        asked = code_request_of(QueryDict(f"zip=36301&dos=2026-08-03&pos={place_of_service}"), code)
        assert asked
        assert asked.result
        if (price := asked.result.price) is None or (prices := asked.result.prices) is None:
            continue
        offered = dict.fromkeys((*modifiers_offered(code, asked.record.main_row, None), *ODD))
        for found in modifier_amounts(asked.result, offered):
            whole, _ = prices.checked(replace(price.line, modifiers=(found.modifier,), denied=""))
            why = whole.refusal.text if whole.refusal else ""
            assert (found.allowed, found.why) == (whole.allowed, why), (code, found.modifier)
            changed += found.is_changed
    assert changed > len(codes)
