"""The network that a request comes from, as coarsely as limits and reports need it. No address is kept anywhere."""

import ipaddress

from django.http import HttpRequest

UNKNOWN = "unknown"


def network_asking(request: HttpRequest, hops: int) -> str:
    """The network of a request. Proxies are believed for `hops` of them and no more."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return network_of(client_address(request.META.get("REMOTE_ADDR", ""), forwarded, hops))


def client_address(remote: str, forwarded: str, hops: int) -> str:
    """The address that the outermost believed proxy saw.

    Each proxy appends the address that it saw, so that entries are counted from the right. Fewer entries than hops
    means that the request came round the proxies: then only the connection itself is believed.

    >>> client_address("10.0.0.2", "203.0.113.9, 198.51.100.4", 0)
    '10.0.0.2'
    >>> client_address("10.0.0.2", "203.0.113.9, 198.51.100.4", 1)
    '198.51.100.4'
    """
    seen = [part.strip() for part in forwarded.split(",") if part.strip()]
    return seen[-hops] if 0 < hops <= len(seen) else remote


def network_of(address: str) -> str:
    """The network of an address: the first 24 bits of IPv4, the first 48 of IPv6.

    >>> network_of("198.51.100.77"), network_of("2001:db8:1:2::7"), network_of("")
    ('198.51.100.0/24', '2001:db8:1::/48', 'unknown')
    """
    try:
        found = ipaddress.ip_address(address.strip().removeprefix("[").partition("]")[0].partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, prefix), strict=False))
