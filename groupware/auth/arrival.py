"""Who knocks: from what address, with what browser, and is this a device on which somebody has signed in before?"""
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from secrets import token_hex
from typing import Any

from flask import current_app, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

REMEMBERED = 180 * 24 * 3600        # seconds a device is known after the last sign-in on it
MOST_PEOPLE = 8                     # of one shared device
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "ChromeOS", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"}
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """``device_id`` and ``known_people`` come from a signed cookie: it lets nobody in, it only says whose guesses are whose.

    ``token`` is the login session this browser has now, if any; a new sign-in ends it.
    """

    address: str
    network: str
    device: str
    device_id: str
    known_people: tuple[int, ...] = ()
    token: str = ""

    def knows(self, user_id: int) -> bool:
        return user_id in self.known_people


def arrival() -> Arrival:
    """Of the request at hand."""
    device_id, people = _device()
    address = request.remote_addr or ""
    return Arrival(address, network_of(address), device_words(request.user_agent.string), device_id, people, session.get("_user_id", ""))


def remember_device(response: Response, known: Arrival, user_id: int) -> None:
    """From now on this person's guesses on this device are counted by themselves, whatever strangers do meanwhile."""
    people = (user_id, *(other for other in known.known_people if other != user_id))[:MOST_PEOPLE]
    response.set_cookie(_cookie_name(), _signer().dumps([known.device_id, *people]), max_age=REMEMBERED, path="/",
                        secure=current_app.config["TLS"], httponly=True, samesite="Lax")


def network_of(address: str) -> str:
    """The address; for IPv6 the /64, which one stranger has as a whole."""
    found = _parsed(address)
    return str(IPv6Network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found or "-")


def from_this_machine() -> bool:
    """Loopback, and not by way of a proxy which nobody told us of: behind one, everybody would look like this machine."""
    if current_app.config["HOUSE"].trusted_proxies == 0 and any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via")):
        return False
    found = _parsed(request.remote_addr or "")
    return bool(found and found.is_loopback)


def device_words(agent: str) -> str:
    """``Windows・Edge``: enough for a person to recognise it."""
    return f"{_first(SYSTEMS, agent, '不明な機器')}・{_first(BROWSERS, agent, '不明なブラウザー')}"


def place_words(address: str) -> str:
    found = _parsed(address)
    if found is None:
        return "場所は不明"
    if found.is_loopback:
        return "このサーバー自身"
    return f"{'内部' if found.is_private else '外部'}のネットワーク（{found}）"


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _first(words: dict[str, str], agent: str, otherwise: str) -> str:
    return next((label for mark, label in words.items() if mark in agent), otherwise)


def _device() -> tuple[str, tuple[int, ...]]:
    try:
        device_id, *people = _signer().loads(request.cookies.get(_cookie_name(), ""), max_age=REMEMBERED)
    except BadData:
        return token_hex(16), ()
    return str(device_id), tuple(people)


def _signer() -> Any:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="auth.device")


def _cookie_name() -> str:
    return "__Host-tsunagaru-device" if current_app.config["TLS"] else "tsunagaru-device"
