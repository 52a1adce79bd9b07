"""The codes of a second factor: six digits that an app makes from a secret, twice a minute.

Here is the arithmetic of RFC 6238 and how secrets are kept: encrypted with a key of their own,
made from the installation's. Recovery codes are numbers too, so that a phone shows its digits
for either kind; of them only a keyed digest is kept.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

from registry.config import settings

STEP_SECONDS = 30
# A phone's clock may be half a minute wrong, either way.
STEPS_ASIDE = 1
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12


class _App(pyotp.TOTP):
    """What an authenticator app does with a secret.

    The library refuses the secret that every demonstration shows, because it has 80 bits. Those
    that are made here have 160.
    """

    def byte_secret(self) -> bytes:
        """The secret as bytes."""
        return base64.b32decode(self.secret)


def new_secret() -> str:
    """160 random bits, as an authenticator app takes them."""
    return pyotp.random_base32()


def step_at(instant: datetime) -> int:
    """The half minute of an instant, counted since 1970."""
    return int(instant.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """What the app shows in that half minute."""
    return _App(secret).generate_otp(step)


def steps_with(secret: str, typed: str, now: datetime) -> list[int]:
    """The half minutes round now whose code was typed; every one is looked at."""
    this = step_at(now)
    near = range(this - STEPS_ASIDE, this + STEPS_ASIDE + 1)
    given = typed.encode("utf-8", "surrogatepass")
    return [step for step in near if hmac.compare_digest(code_at(secret, step).encode(), given)]


def squeezed(typed: str) -> str:
    """A code without the spaces and dashes that people put between its digits."""
    return "".join(typed.split()).replace("-", "")


def address_for_app(secret: str, email: str) -> str:
    """What a QR code says to an app: whose account this is, and its secret."""
    return _App(secret, name=email, issuer=settings().scheme_name).provisioning_uri()


def qr_picture(secret: str, email: str) -> str:
    """The QR code as the address of a picture: no script, no style, no other site."""
    return str(
        segno.make(address_for_app(secret, email), error="m").svg_data_uri(scale=4, light="white")
    )


def in_groups(text: str) -> str:
    """Four by four, as people read a long word or number to each other."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def new_recovery_code() -> str:
    """Twelve random digits."""
    return "".join(secrets.choice("0123456789") for _ in range(RECOVERY_DIGITS))


def digest_of_recovery_code(account_id: int, code: str) -> str:
    """What the database keeps. Without the installation's key no code can be found from it."""
    said = f"{account_id}:{code}".encode("utf-8", "surrogatepass")
    return hmac.new(_key("recovery code"), said, hashlib.sha256).hexdigest()


def sealed(secret: str) -> bytes:
    """A secret as it is kept."""
    return _cipher().encrypt(secret.encode())


def opened(kept: bytes) -> str | None:
    """The secret again; None where the installation has another key now."""
    try:
        return _cipher().decrypt(kept).decode()
    except InvalidToken:
        return None


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("second factor")))


def _key(use: str) -> bytes:
    return hashlib.sha256(f"{use}:{settings().secret_key}".encode()).digest()
