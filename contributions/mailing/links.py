"""Signed links: to the files on the thank-you page, and in mails to confirm an address and to leave the list.

A link to the files holds the time it was given and nothing else; it is good for seven days. Links in mails hold the
number of the sign-up, never the address, so that no log of addresses asked for can tell one. A link to confirm lives
for seven days too; one to leave never dies.
"""

from enum import Enum

from django.core import signing

SECONDS = 7 * 24 * 60 * 60
_FILES, _CONFIRM, _LEAVE = "contributions.files", "contributions.confirm", "contributions.leave"


class LinkStatus(Enum):
    """What a link is worth."""

    GOOD = "good"
    OLD = "old"
    WRONG = "wrong"


def download_token(now: float) -> str:
    """The signed part of a link to the files, given at `now` (seconds since 1970)."""
    return signing.Signer(salt=_FILES).sign_object(int(now))


def check_download_token(signed: str, now: float) -> LinkStatus:
    """What a link to the files is worth. Never raises, whatever was typed."""
    return _check_age(_read(signed, _FILES), now)


def to_confirm(signup: int, now: float) -> str:
    """The signed part of a link that confirms the sign-up of this number."""
    return signing.Signer(salt=_CONFIRM).sign_object([signup, int(now)])


def read_confirm(signed: str, now: float) -> tuple[LinkStatus, int]:
    """What a link to confirm is worth, and the number of its sign-up (0 for a wrong one)."""
    match _read(signed, _CONFIRM):
        case [int(signup), int(signed_at)]:
            return _check_age(signed_at, now), signup
    return LinkStatus.WRONG, 0


def to_leave(signup: int) -> str:
    """The signed part of a link that takes the sign-up of this number off the list."""
    return signing.Signer(salt=_LEAVE).sign_object(signup)


def read_leave(signed: str) -> int | None:
    """The number of the sign-up of a link to leave, None for a wrong one."""
    found = _read(signed, _LEAVE)
    return found if isinstance(found, int) else None


def _check_age(signed_at: object, now: float) -> LinkStatus:
    if not isinstance(signed_at, int):
        return LinkStatus.WRONG
    return LinkStatus.GOOD if now - signed_at <= SECONDS else LinkStatus.OLD


def _read(signed: str, salt: str) -> object:
    try:
        found: object = signing.Signer(salt=salt).unsign_object(signed)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return found
