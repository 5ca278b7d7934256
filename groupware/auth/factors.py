"""The second factor, as RFC 6238 has it: a code of six digits for each half minute, told by the telephone from a secret shared once."""
import hmac
import re
from dataclasses import dataclass
from secrets import choice

import pyotp
import segno
from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import func, select

from groupware.auth.models import PROOF, SETUP, Factor, RecoveryCode
from groupware.auth.tokens import ALPHABET, spelled
from groupware.directory.queries import city_name
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid

STEP = 30               # seconds
EITHER_SIDE = 1         # steps: clocks differ, and people take a while
CODES = 10
SETUP_LASTS = 1800
OVER = "準備の画面の期限が過ぎました。新しいしるしを読み取ってください。"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the telephone reads: ``drawn`` is the QR code as a path, ``size`` its side; ``sealed`` comes back with the form."""

    secret: str
    sealed: str
    drawn: str
    size: int

    @property
    def spelled(self) -> str:
        return " ".join(self.secret[at:at + 4] for at in range(0, len(self.secret), 4))


def factor_owed(actor: Actor) -> str:
    """Whoever has one proves it; whoever must have one sets it up."""
    if has_factor(actor.user_id):
        return PROOF
    return SETUP if is_demanded(actor) else ""


def is_demanded(actor: Actor) -> bool:
    asked = current_app.config["SECOND_FACTOR"]
    return any(actor.has(word) for word in asked) or ("outside" in asked and actor.outside)


def has_factor(user_id: int) -> bool:
    return bool(db.session.scalar(select(func.count()).select_from(Factor).where(Factor.user_id == user_id)))


def codes_left(user_id: int) -> int:
    unused = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def offer(actor: Actor) -> Offer:
    """A new secret; nothing is kept until a code made from it has come back."""
    secret = pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=actor.name, issuer_name=f"つながる {city_name()}".strip())
    drawn = segno.make(address, error="m")
    return Offer(secret, _signer().dumps([actor.user_id, secret]), _path(drawn), len(drawn.matrix) + 8)


def offered(actor: Actor, sealed: str) -> str:
    """Raises Invalid for an offer that is old or somebody else's."""
    try:
        user_id, secret = _signer().loads(sealed, max_age=SETUP_LASTS)
    except BadData:
        raise Invalid(OVER) from None
    if user_id != actor.user_id:
        raise Invalid(OVER)
    return str(secret)


def step_of(secret: str, code: str, after: int = 0) -> int | None:
    """The half minute whose code this is; None for a wrong one and for one that is not later than ``after``."""
    totp, now = pyotp.TOTP(secret, interval=STEP), int(clock.now().timestamp()) // STEP
    for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def is_code(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{6}", text))


def new_codes() -> tuple[str, ...]:
    return tuple(spelled(choice(ALPHABET) for _ in range(12)) for _ in range(CODES))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="auth.factor")


def _path(drawn: segno.QRCode) -> str:
    """One square for each dark module, with the quiet zone of four."""
    return "".join(f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(drawn.matrix) for x, dark in enumerate(row) if dark)
