"""What stays from page to page: where the practice is, in which setting, who bills, and the date of service. What was
done belongs to one line, and does not stay. The server remembers nothing: the address of one page hands it to the
next (`codes.carry_over`)."""

import re
from collections.abc import Iterable, Mapping

from codes.parsing.flags import YES
from codes.parsing.localities import LOCALITY, ZIP

CARRIED: Mapping[str, re.Pattern[str]] = {
    "zip": re.compile(ZIP),
    "locality": re.compile(LOCALITY),
    "practitioner": re.compile(r"[a-z_]{1,30}"),
    "par": re.compile(r"assigned|no"),
    "qp": re.compile("|".join(sorted(YES)), re.IGNORECASE),
    "pos": re.compile(r"[0-9]{1,2}"),
    "dos": re.compile(r"[0-9A-Za-z][0-9A-Za-z ,./-]{5,19}"),
}
PLACE = frozenset({"zip", "locality", "state"})


def carried(parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parameters of an address that stay, as they stand there; what has not their form is left behind.

    >>> carried({"zip": "35203", "mod": "25", "qp": "maybe"})
    [('zip', '35203')]
    """
    return [
        (name, parameters[name]) for name, form in CARRIED.items() if form.fullmatch(parameters.get(name, ""))
    ]


def merge_carried(wanted: Iterable[tuple[str, str]], parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """`wanted` with what stays of `parameters`. Whoever names a place anew leaves the former one.

    >>> merge_carried([("locality", "10112-00")], {"zip": "94110", "qp": "1"})
    [('locality', '10112-00'), ('qp', '1')]
    """
    wanted = list(wanted)
    named = {name for name, _ in wanted}
    taken = named | PLACE if named & PLACE else named
    return [*wanted, *(pair for pair in carried(parameters) if pair[0] not in taken)]
