"""The second factor of staff: a code from an authenticator app (TOTP, RFC 6238), or a recovery code.

The secrets lie in django-otp's tables. After a wrong code the app and the recovery codes each wait one second, then
two, four, eight ..., so that nobody can try them all; a code that was used is not taken twice.
"""

import time
from base64 import b32encode
from dataclasses import dataclass
from math import ceil
from typing import Any

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp import devices_for_user
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

RECOVERY_CODES = 10
DIGITS = 6
STEPS_OF_TOLERANCE = 1  # of 30 seconds, for a phone whose clock is off


@dataclass(frozen=True, slots=True)
class Enrollment:
    """What an authenticator app needs: its address as a picture and as a link, and the secret to type."""

    picture: SafeString
    address: str
    secret: str


def has_second_factor(user: Any) -> bool:
    """Whether this user has set one up."""
    return bool(TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists())


def new_key() -> str:
    """The secret of an app that is being set up, 160 bits as hexadecimal digits."""
    return str(random_hex(20))


def enrollment(user: User, key: str) -> Enrollment:
    """The picture, the link and the secret of `key`, for an app that reads any of them."""
    address = TOTPDevice(user=user, key=key, digits=DIGITS).config_url
    letters = b32encode(bytes.fromhex(key)).decode()
    drawn = segno.make_qr(address, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff")
    secret = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
    return Enrollment(mark_safe(drawn), address, secret)  # drawn by the library, from digits


@transaction.atomic
def set_up(user: User, key: str, code: str) -> tuple[Device, list[str]] | None:
    """Take `key` for the app of `user` where `code` was made with it: the app and new recovery codes; else None.
    A former app and its recovery codes are forgotten."""
    totp = TOTP(bytes.fromhex(key), digits=DIGITS)
    totp.time = time.time()
    if not _is_app_code(code) or not totp.verify(int(code), tolerance=STEPS_OF_TOLERANCE):
        return None
    remove(user)
    device = TOTPDevice.objects.create(user=user, name="app", key=key, digits=DIGITS, last_t=totp.t())
    return device, new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each good once; the former ones are good no more. They are shown now and never again."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: User) -> int:
    """How many recovery codes of this user were not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


@transaction.atomic
def verify(user: User, typed: str) -> Device | None:
    """The app or the list of recovery codes that `typed` belongs to; None for a wrong code, and while one waits."""
    code = "".join(typed.split()).lower()
    kind = TOTPDevice if _is_app_code(code) else StaticDevice
    for device in devices_for_user(user, for_verify=True):
        if isinstance(device, kind) and device.verify_token(code):
            return device
    return None


def seconds_to_wait(user: User) -> int:
    """How many seconds no code of this user is taken, after wrong ones."""
    waits = [device.verify_is_allowed()[1] for device in devices_for_user(user)]
    ends = [wait["locked_until"] for wait in waits if wait]
    return max((ceil((end - timezone.now()).total_seconds()) for end in ends), default=0)


@transaction.atomic
def remove(user: User) -> int:
    """Forget the app and the recovery codes of a user; how many of the two there were."""
    held = [*TOTPDevice.objects.filter(user=user), *StaticDevice.objects.filter(user=user)]
    for device in held:
        device.delete()
    return len(held)


def _is_app_code(code: str) -> bool:
    return code.isascii() and code.isdecimal() and len(code) == DIGITS
