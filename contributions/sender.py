"""What is asked of a request to tell reporters apart: a network, and nothing finer.

It is not stored: it goes into digests (keys.py) and into the keys of the rate limits (throttling.py), and is forgotten
with the request.
"""

import ipaddress
from dataclasses import dataclass, field

from django.http import HttpRequest

from codes.client_network import UNKNOWN, client_address, network_asking, network_of
from contributions import options

__all__ = ["Sender", "client_address", "network_of", "sender_of"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a report comes from, as coarsely as counting needs. It says nothing when printed or logged."""

    network: str = field(repr=False)

    @property
    def larger_network(self) -> str:
        """The network around it: the first 16 bits of IPv4, the first 32 of IPv6.

        >>> Sender("198.51.100.0/24").larger_network, Sender("2001:db8:1::/48").larger_network
        ('198.51.0.0/16', '2001:db8::/32')
        """
        if self.network == UNKNOWN:
            return UNKNOWN
        found = ipaddress.ip_network(self.network)
        return str(found.supernet(new_prefix=16 if found.version == 4 else 32))


def sender_of(request: HttpRequest) -> Sender:
    """The sender of a request. Proxies are believed for the configured number of hops and no more."""
    return Sender(network_asking(request, options.proxy_hops()))
