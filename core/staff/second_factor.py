"""Set up and check the second factor of staff: a code from an app (TOTP), or a recovery code."""

import time
from binascii import unhexlify

from django.contrib.auth.models import User
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

#: Recovery codes that are shown once.
CODES = 8
#: Digits of a code that an app shows. Recovery codes have letters.
DIGITS = 6


def has_second_factor(user: User) -> bool:
    return bool(TOTPDevice.objects.devices_for_user(user, confirmed=True).exists())


def device_for(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """Return the device that a code may belong to, locked for the current transaction."""
    kind = TOTPDevice if code.isascii() and code.isdigit() and len(code) == DIGITS else StaticDevice
    return kind.objects.devices_for_user(user, confirmed=True).select_for_update().first()


def unsaved_device(user: User, key: str) -> TOTPDevice:
    """Return the device that a key in hexadecimal digits makes, for its address and its QR code."""
    return TOTPDevice(user=user, name="app", key=key, confirmed=True)


def set_up(user: User, key: str, code: str) -> TOTPDevice | None:
    """Save a device, in place of every other, if the code proves that the app has its key; else return None."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not (code.isascii() and code.isdigit() and totp.verify(int(code), tolerance=1)):
        return None
    with transaction.atomic():
        remove(user)
        device = unsaved_device(user, key)
        device.last_t = totp.t()
        device.save()
    return device


def new_recovery_codes(user: User) -> list[str]:
    """Replace the recovery codes and return them. They cannot be looked up later."""
    codes = [StaticToken.random_token() for _ in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def remove(user: User) -> None:
    """Delete the second factor and the recovery codes."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).delete()


def end_throttling(user: User) -> None:
    """Accept codes again at once after failures."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)
