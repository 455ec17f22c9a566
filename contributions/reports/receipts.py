"""Receipts: what a reporter keeps, and we do not. 80 random bits as four groups of letters and digits."""

import base64
import hashlib
import secrets

GROUP = 4
CHARACTERS = 16
_LOOK_ALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


def new_receipt() -> str:
    """A receipt such as "K7QF-2M5D-ABCD-EFGH" (base32: no 0, 1, 8 or 9)."""
    text = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(text[start : start + GROUP] for start in range(0, CHARACTERS, GROUP))


def normalised(typed: str) -> str:
    """A receipt as typed, without blanks and dashes, look-alikes put right; "" where it cannot be one.

    >>> normalised(" k7qf 2m5d-abcd efgh ")
    'K7QF2M5DABCDEFGH'
    >>> normalised("hello")
    ''
    """
    kept = "".join(char for char in typed.upper() if char.isalnum()).translate(_LOOK_ALIKES)
    return kept if len(kept) == CHARACTERS and kept.isascii() else ""


def digest(receipt: str) -> str:
    """What is kept of a receipt. It has more random bits than anybody can try, so that it needs no salt."""
    return hashlib.sha256(normalised(receipt).encode()).hexdigest()
