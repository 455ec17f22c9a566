"""What an answer must look like: keys and types, whatever the figures are."""

import re
from collections.abc import Callable
from typing import Any

Shape = Any


def amount(value: Any) -> bool:
    """Money, RVUs, rates: text as printed, "104.89"."""
    return isinstance(value, str) and bool(re.fullmatch(r"-?\d+(\.\d+)?", value))


def day(value: Any) -> bool:
    """ "2026-08-01"."""
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def text(value: Any) -> bool:
    """Words that are there."""
    return isinstance(value, str) and value != ""


def optional(shape: Shape) -> Callable[[Any], bool]:
    """The same or null."""
    return lambda value: value is None or not differences(value, shape)


def differences(value: Any, shape: Shape, where: str = "") -> list[str]:
    """Where a value is not of a shape: a type, a test, a list of one shape, or a dictionary of shapes by key.

    A key that the shape does not name is no difference: answers may grow.
    """
    if isinstance(shape, dict):
        return _of_keys(value, shape, where)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is not a list"]
        return [each for one in value for each in differences(one, shape[0], f"{where}[]")]
    agrees = type(value) is shape if isinstance(shape, type) else shape(value)
    return [] if agrees else [f"{where}: {value!r}"]


def _of_keys(value: Any, shape: dict[str, Shape], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is not an object"]
    missing = [f"{where}.{key}: missing" for key in shape if key not in value]
    present = [key for key in shape if key in value]
    return missing + [
        each for key in present for each in differences(value[key], shape[key], f"{where}.{key}")
    ]
