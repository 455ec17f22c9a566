"""What a request is asked for: a network and a kind of browser."""

import pytest
from django.test import RequestFactory

from contributions.sender import Sender, client_address, network_of, sender_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:1:2:3::7", "2001:db8:1::/48"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("[2001:db8:1::7]", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_an_address_becomes_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("hops", "address"),
    [(0, "10.0.0.2"), (1, "198.51.100.4"), (2, "203.0.113.9"), (3, "10.0.0.2")],
)
def test_proxies_are_believed_for_the_configured_hops(hops: int, address: str) -> None:
    assert client_address("10.0.0.2", "203.0.113.9, 198.51.100.4", hops) == address


@pytest.mark.parametrize(
    ("network", "around"),
    [
        ("198.51.100.0/24", "198.51.0.0/16"),
        ("2001:db8:1::/48", "2001:db8::/32"),
        ("unknown", "unknown"),
    ],
)
def test_a_network_lies_in_a_larger_one(network: str, around: str) -> None:
    assert Sender(network).larger_network == around


def test_a_request_is_read_as_configured(settings: object) -> None:
    settings.REPORT_PROXY_HOPS = 1  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR="198.51.100.4")
    assert sender_of(request) == Sender("198.51.100.0/24")


def test_a_sender_says_nothing_when_printed() -> None:
    assert repr(Sender("198.51.100.0/24")) == "Sender()"
