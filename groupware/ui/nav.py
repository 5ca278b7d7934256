"""The places of the left rail: what is registered, for whoever may see it, with what waits there."""
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from flask import current_app, request, url_for
from flask_login import current_user
from sqlalchemy import BigInteger, Select, bindparam, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import NavItem
from groupware.kernel.house import house
from groupware.ui.paths import path_for

BELL = "notifications.index"


class Place(NamedTuple):
    label: str
    icon: str
    endpoint: str
    url: str
    current: bool = False
    waits: int = 0
    told: str = ""


def rail_places() -> tuple[Place, ...]:
    """In the order of the rail. Asked for by the frame only: a partial of a broadcast has no rail."""
    items = sorted(_items(current_user), key=lambda item: item.order)
    here = _here(items)
    return tuple(_place(item, item.endpoint == here) for item in items)


def waiting(endpoint: str) -> int:
    """How much waits there for whoever asks. For all places in one question, once for each page."""
    found = db.once(("ui.waiting", current_user.user_id), lambda: _waiting(current_user.user_id))
    return int(found.get(endpoint) or 0)


def tell_waiting(actor: Actor, _: dict[str, Any]) -> dict[str, Any]:
    """-> {waits}: what waits behind each place of the rail, by endpoint, and behind the bell. Over the connection."""
    found = _waiting(actor.user_id)
    return {"waits": {endpoint: int(found.get(endpoint) or 0) for endpoint in (*(item.endpoint for item in _items(actor)), BELL)}}


def place(endpoint: str) -> str | None:
    """The address of a page that another room may or may not provide."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _place(item: NavItem, current: bool) -> Place:      # noqa: FBT001 (a fact of the place, no switch)
    return Place(item.label, item.icon, item.endpoint, _address(item.endpoint), current, waiting(item.endpoint), " ".join(item.told))


@cache
def _address(endpoint: str) -> str:
    return path_for(endpoint)


def _items(actor: Actor) -> Iterator[NavItem]:
    for feature in house.features:
        yield from (item for item in feature.nav if item.only(actor))


def _here(items: list[NavItem]) -> str | None:
    """Where exactly we are, else the first place of the same room."""
    endpoints = [item.endpoint for item in items]
    if request.endpoint in endpoints:
        return request.endpoint
    return next((endpoint for endpoint in endpoints if endpoint.partition(".")[0] == request.blueprint), None)


def _waiting(user_id: int) -> dict[str, int | None]:
    badges = [each for feature in house.features for each in feature.badges.items()]
    found = db.session.execute(_of_all(*(count for _, count in badges)), {"me": user_id}).one()
    return {endpoint: number for (endpoint, _), number in zip(badges, found, strict=True)}


@cache
def _of_all(*counts: Callable[[Any], Select[Any]]) -> Select[Any]:
    me = bindparam("me", type_=BigInteger)
    return select(*(count(me).scalar_subquery() for count in counts))
