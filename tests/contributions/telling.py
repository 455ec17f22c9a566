"""Short ways to tell of denials in tests."""

from datetime import date
from typing import Any

from contributions import actions, tokens
from contributions.sender import Sender

CODE, OTHER_CODE = "99213", "97110"
TODAY = date(2026, 7, 15)


def sender(number: int) -> Sender:
    """Sender `number`: a network of its own."""
    return Sender(f"198.51.{number}.0/24", "firefox")


def tell(who: int, code: str = CODE, today: date = TODAY, hold: str = "", **answers: str) -> str:
    """One report by sender `who`; its receipt."""
    told = {"payer_kind": "medicare", "reason": "97", **answers}
    return actions.submit(code, told, sender(who), today, token=tokens.issue(code, 0), hold=hold)


def tell_all(count: int, **answers: Any) -> list[str]:
    """The same report by senders 1 to `count`; their receipts."""
    return [tell(who, **answers) for who in range(1, count + 1)]
