"""What is kept in Redis: signed by the site, and nothing where it is not."""

import pickle
from typing import Any

import pytest
from pytest_django import Settings

from codes.caching.backends import SignedSerializer


@pytest.mark.parametrize("value", ["a page", {"status": 200, "body": b"<p>"}, None, True, 0, 7, -7, 1.5])
def test_what_is_kept_in_redis_comes_back_as_it_was(value: object) -> None:
    kept = SignedSerializer()
    stored = kept.dumps(value)
    assert kept.loads(stored if isinstance(stored, bytes) else str(stored).encode()) == value


def run_by_a_pickle() -> None:
    raise AssertionError("a pickle of a stranger was read")


class Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return run_by_a_pickle, ()


def test_a_pickle_that_the_site_did_not_write_is_not_read() -> None:
    strange = pickle.dumps(Trap())
    assert SignedSerializer().loads(strange) is None
    assert SignedSerializer().loads(b"x" * 32 + strange) is None
    assert SignedSerializer().loads(b"") is None


def test_a_changed_value_is_not_read() -> None:
    stored = bytearray(SignedSerializer().dumps("a page"))
    stored[-3] ^= 1
    assert SignedSerializer().loads(bytes(stored)) is None


def test_a_value_signed_with_another_key_is_not_read(settings: Settings) -> None:
    stored = SignedSerializer().dumps("a page")
    settings.SECRET_KEY = "another key of fifty characters, made for this test only"
    assert SignedSerializer().loads(stored) is None
