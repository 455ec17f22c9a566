"""A step that lasts is named; a quick one is not."""

import threading

import pytest

from codes.management.progress import at_work


def test_a_step_that_lasts_is_named() -> None:
    told, heard = [], threading.Event()

    def write(line: str) -> None:
        told.append(line)
        heard.set()

    with at_work("rvu26c.zip", write, first=0):
        assert heard.wait(timeout=30)
    assert told == ["at work on rvu26c.zip ..."]


def test_a_quick_step_says_nothing_and_a_fault_in_it_goes_on() -> None:
    told: list[str] = []
    with pytest.raises(ValueError, match="fault"), at_work("rvu26c.zip", told.append):
        raise ValueError("fault")
    assert told == []
