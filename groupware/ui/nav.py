"""The places of the left rail: what is registered, for whoever may see it, with what waits there."""
from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_login import current_user
from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import NavItem
from groupware.kernel.house import house


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    icon: str
    endpoint: str
    url: str
    current: bool = False
    count: int = 0


def rail_places() -> list[Place]:
    """In the order of the rail. Asked for by the frame only: a partial of a broadcast has no rail."""
    items = sorted(_items(current_user), key=lambda item: item.order)
    here = _here(items)
    return [_place(item, item.endpoint == here) for item in items]


def waiting(endpoint: str) -> int:
    """How much waits there for whoever asks. For all places in one question, once for each page."""
    if "waiting" not in g:
        g.waiting = _waiting(current_user)
    return int(g.waiting.get(endpoint) or 0)


def place(endpoint: str) -> str | None:
    """The address of a page that another room may or may not provide."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _place(item: NavItem, current: bool) -> Place:      # noqa: FBT001 (a fact of the place, no switch)
    return Place(item.label, item.icon, item.endpoint, url_for(item.endpoint), current, waiting(item.endpoint))


def _items(actor: Actor) -> Iterator[NavItem]:
    for feature in house.features:
        yield from (item for item in feature.nav if item.only(actor))


def _here(items: list[NavItem]) -> str | None:
    """Where exactly we are, else the first place of the same room."""
    endpoints = [item.endpoint for item in items]
    if request.endpoint in endpoints:
        return request.endpoint
    return next((endpoint for endpoint in endpoints if endpoint.partition(".")[0] == request.blueprint), None)


def _waiting(actor: Actor) -> dict[str, int | None]:
    badges = {endpoint: count(actor).scalar_subquery() for feature in house.features for endpoint, count in feature.badges.items()}
    return dict(zip(badges, db.session.execute(select(*badges.values())).one(), strict=True))
