import io
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from codes.cms import payment_amounts
from codes.cms.layout import LayoutError
from codes.cms.payment_amounts import PaymentRow

ROW = (
    '"2025","01112","05","76145","  ","0001339.81","0001339.80"," ","3","A","0","0000049.56","0000001.00",'
    '"9","0000002.00","0000003.00"'
)
TRAILER = '"TRL- A NOTICE. "'


def parse(*lines: str) -> list[PaymentRow]:
    raw = "".join(f"{line}\r\n" for line in lines).encode()
    return list(payment_amounts.parse(io.BytesIO(raw), "PFREV25C.txt"))


def refusal(*lines: str) -> str:
    with pytest.raises(LayoutError) as caught:
        parse(*lines)
    return str(caught.value)


def test_the_non_facility_fee_comes_first_and_two_blanks_are_no_modifier() -> None:
    assert parse(ROW, TRAILER) == [
        PaymentRow(
            year=2025,
            mac="01112",
            locality="05",
            code="76145",
            modifier="",
            nonfacility_fee=Decimal("1339.81"),
            facility_fee=Decimal("1339.80"),
            pctc="3",
            status="A",
            multiple_surgery="0",
            therapy_amount=Decimal("49.56"),
            therapy_institutional=Decimal("1.00"),
            opps_indicator="9",
            opps_nonfacility=Decimal("2.00"),
            opps_facility=Decimal("3.00"),
        )
    ]


def test_a_missing_trailer_means_that_the_file_was_cut_off() -> None:
    assert 'PFREV25C.txt line 2: the file ends without its "TRL-" lines' in refusal(ROW, ROW)


def test_rows_behind_the_trailer_are_refused() -> None:
    assert "line 3: follows the trailer" in refusal(ROW, TRAILER, ROW)


def test_a_trailer_alone_is_refused() -> None:
    assert refusal(TRAILER) == "PFREV25C.txt: holds no rows"


def test_a_row_with_a_field_too_few_is_refused() -> None:
    assert "line 1: has 15 cells, not 16" in refusal(ROW.rpartition(",")[0], TRAILER)


def test_an_unknown_opps_indicator_is_refused() -> None:
    assert 'OPPS INDICATOR: "7" is not one of 1, 9' in refusal(ROW.replace('"9"', '"7"'), TRAILER)


@pytest.mark.full_size
def test_the_published_amounts_of_2025_are_1_635_rows(cms_files: Path) -> None:
    counts = []
    for archive, name in (("pfrev25c.zip", "PFREV25C.txt"), ("pfrev25d.zip", "PFREV4.txt")):
        with ZipFile(cms_files / "published_payments" / archive) as packed:
            counts.append(len(parse(*packed.read(name).decode("ascii").splitlines())))
    assert counts == [109, 1_526]
