"""One change of a release, as a comparison finds it."""

from typing import Any, NamedTuple

from codes.models.change import ReleaseChangeKind


class NewChange(NamedTuple):
    """One change; `ReleaseChangeKind` says what the fields hold."""

    kind: ReleaseChangeKind
    code: str
    other: str = ""
    before: str = ""
    after: str = ""


def as_text(value: Any) -> str:
    """A value as a change holds it; "" for None."""
    return "" if value is None else str(value)
