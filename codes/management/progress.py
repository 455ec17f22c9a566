"""What a command is at work on, printed while a long step lasts, so that nobody takes it for a hang."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FIRST_SECONDS = 2.0
NEXT_SECONDS = 60.0


@contextmanager
def at_work(what: str, write: Callable[[str], object], first: float = FIRST_SECONDS) -> Iterator[None]:
    """Write `what` once the step has lasted two seconds, and then each minute how long it has lasted; nothing of a
    step that is quick."""
    ended, began = threading.Event(), time.monotonic()

    def tell() -> None:
        wait = first
        while not ended.wait(wait):
            minutes = int((time.monotonic() - began) // 60)
            write(f"at work on {what}" + (f", for {minutes} min" if minutes else "") + " ...")
            wait = NEXT_SECONDS

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()
