"""Where the processor time of a code's first page goes, by what the interpreter was found doing.

    DATABASE_URL=sqlite:///full.sqlite3 python -m benchmarks.page_profile

Five hundred codes that nobody has asked for are asked for once each in this process. Every millisecond of processor
time it is looked up which of our rooms, or which part of Django, the innermost call belongs to.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from time import process_time
from types import FrameType

from benchmarks.report import Figure, shown

CODES, WARMED_BY = 500, 30
REST = "request, forms and the rest"
PLACES = {
    "checks and claim rules": ("/codes/ncci/", "/codes/rules/"),
    "pricing": ("/codes/pricing/",),
    "database": ("/django/db/", "/codes/queries/prepared.py", "/codes/models/"),
    "our queries, views and words": (
        "/codes/queries/",
        "/codes/views/",
        "/codes/knowledge/",
        "/codes/formatting",
    ),
    "template tags and filters": ("/codes/templatetags/",),
    "templates": ("/django/template/", "/django/utils/html.py", "/django/utils/safestring.py"),
    "practice on links, compression, cache": ("/codes/carry_over.py", "/codes/caching/", "/codes/carried_"),
    REST: ("/django/", "/django_", "/medpayiq/"),
}


def main() -> Iterator[Figure]:
    """The whole of a page, then each part of it."""
    from codes.models import CodeText

    codes = CodeText.objects.filter(code__lt="A").order_by("?").values_list("code", flat=True)
    addresses = (f"/cpt/{code}/?zip=36301" for code in codes[: CODES + WARMED_BY])
    _ask(islice(addresses, WARMED_BY))
    found: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: found.update([_place(frame)]))
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    before = process_time()
    _ask(addresses)
    milliseconds = (process_time() - before) * 1000 / CODES
    signal.setitimer(signal.ITIMER_PROF, 0)
    yield Figure("a first page", f"{milliseconds:.1f} ms")
    for place, times in found.most_common():
        share = times / found.total()
        yield Figure(place, f"{share * milliseconds:.1f} ms", ratio=f"{share:.0%}")


def _ask(addresses: Iterator[str]) -> None:
    from django.test import Client

    client = Client()
    for address in addresses:
        assert client.get(address).status_code == 200, address


def _place(frame: FrameType | None) -> str:
    """To what the innermost call belongs that is ours or Django's; Python's own library counts to its caller."""
    while frame is not None:
        path = frame.f_code.co_filename
        for place, parts in PLACES.items():
            if any(part in path for part in parts):
                return place
        frame = frame.f_back
    return REST


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medpayiq.settings")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.SECURE_SSL_REDIRECT = False
    sys.exit(not shown(main()))
