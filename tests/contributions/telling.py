"""Short ways to tell of denials in tests."""

from datetime import date
from typing import Any

from contributions import tokens
from contributions.reports import actions
from contributions.sender import Sender

CODE, OTHER_CODE = "99213", "97110"
TODAY = date(2026, 7, 15)


def sender(number: int) -> Sender:
    """Sender `number`: a network of its own, far from the others."""
    return Sender(f"{number}.51.100.0/24")


def tell(
    who: int | Sender,
    code: str = CODE,
    today: date = TODAY,
    now: float | None = None,
    hold: str = "",
    **answers: str,
) -> str:
    """One report by sender `who`; its receipt."""
    told = {"payer_kind": "medicare", "reason": "97", **answers}
    by = who if isinstance(who, Sender) else sender(who)
    return actions.submit(code, told, by, today, token=tokens.issue(code, 0), now=now, hold=hold)


def at_night(today: date = TODAY) -> None:
    """What the timer does each night."""
    actions.write_snapshots(today)


def tell_all(count: int, **answers: Any) -> list[str]:
    """The same report by senders 1 to `count`; their receipts."""
    return [tell(who, **answers) for who in range(1, count + 1)]
