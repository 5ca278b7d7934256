"""Random things that open doors, and what is kept of them."""
import secrets
from collections.abc import Iterable
from hashlib import sha256

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"       # nothing that is misread on paper: no i l o 0 1


def new_token() -> str:
    """256 bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def new_initial_password() -> str:
    """``k7mp-3wxa-h9tf``: 59 bits, easy to type from paper."""
    return spelled(secrets.choice(ALPHABET) for _ in range(12))


def spelled(characters: Iterable[str]) -> str:
    text = "".join(characters)
    return "-".join(text[start:start + 4] for start in range(0, len(text), 4))
