"""The frame around every page of a team: its head and the pages beside one another. Whoever adds a page to a team adds a line here."""
from typing import Any

from flask import request, url_for
from flask_login import current_user

from teams.models import STATES
from teams.permissions import Held, can_look_in, can_work
from teams.queries import unit_names

OUTER = (("ようす", "teams.team"), ("構成員", "teams.members"))           # for whoever may know of the team
INNER = (("タスク", "teams.tasks"), ("週の一言", "teams.checkins"), ("節目と決定", "teams.plans"),
         ("文書", "teams.pages"))                                          # for whoever may look into it


def concerns(held: Held) -> bool:
    """Whoever plays a part in it."""
    return bool(held.role or held.parts)


def framed(held: Held) -> dict[str, Any]:
    """What ``teams/_frame.html`` needs; one question."""
    first, *rest = OUTER
    pages = (first, *(INNER if can_look_in(current_user, held) else ()), *rest, *((("経緯", "teams.steps"),) if concerns(held) else ()))
    tabs = [(label, url_for(endpoint, team_id=held.team.id), (request.endpoint or "").startswith(endpoint), 0) for label, endpoint in pages]
    return {"team": held.team, "held": held, "states": STATES, "names": unit_names(), "tabs": tabs, "may_work": can_work(current_user, held),
            "inside": can_look_in(current_user, held)}
