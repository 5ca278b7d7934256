"""What a form offers to choose from, and what it stands filled with."""
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from boards.models.notices import MODEL, ONLY, STRENGTHS, TO, WEIGHTS, WITHOUT, Notice
from boards.models.routes import AHEAD
from boards.models.surveys import KINDS
from boards.permissions import Desk
from boards.queries.routes import steps_of
from boards.queries.senders import senders_of
from boards.queries.surveys import questions_of
from groupware.directory.queries import people_cards, unit_tree
from groupware.directory.queries.aims import Part
from groupware.directory.queries.groups import all_groups
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.kernel import db
from groupware.kernel.actor import Actor


def choices(actor: Actor) -> dict[str, Any]:
    """Senders, units, posts, groups, kinds of employment, strengths and weights."""
    return {"senders": senders_of(actor), "tree": unit_tree(), "posts": [(post.id, post.name) for post in all_posts()],
            "groups": [(group.id, group.name) for group in all_groups()], "kinds": [(kind.id, kind.name) for kind in staff_kinds()],
            "strengths": STRENGTHS, "weights": WEIGHTS, "parts": (TO, ONLY, WITHOUT), "question_kinds": KINDS}


def models_on(desks: Iterable[Desk]) -> list[Notice]:
    """What may be begun with on these boards."""
    here = [desk.board.id for desk in desks]
    return list(db.session.scalars(select(Notice).where(Notice.board_id.in_(here), Notice.state == MODEL).order_by(Notice.title)))


def filled(notice: Notice, parts: Iterable[Part]) -> dict[str, Any]:
    """As the form sends it."""
    found: dict[str, Any] = defaultdict(list)
    for part, who in parts:
        kind, _, number = who.partition(":")
        found[f"{part}_{kind}"].append(number)
    people = people_cards(int(number) for part in (TO, WITHOUT) for number in found.get(f"{part}_person", ()))
    for part in (TO, WITHOUT):
        found[f"{part}_people"] = [people[int(number)] for number in found.get(f"{part}_person", ()) if int(number) in people]
    return {**found, "title": notice.title, "body": notice.body, "sender": notice.sender, "strength": notice.strength, "weight": notice.weight,
            "measure": notice.measure or "", "starts_at": notice.starts_at, "ends_at": notice.ends_at, "due_at": notice.due_at,
            "version": notice.version, "anonymous": notice.anonymous, "by_unit": notice.by_unit, "questions": questions_of(notice),
            "steps": _way(notice)}


def _way(notice: Notice) -> list[dict[str, Any]]:
    """``fixed``: it has been there."""
    steps = steps_of(notice)
    people = people_cards(int(step.who.partition(":")[2]) for step in steps if step.who.startswith("person:"))
    before: int | None = None
    found = []
    for step in steps:
        kind, _, number = step.who.partition(":")
        found.append({"person": people.get(int(number)) if kind == "person" else None, "unit": number if kind != "person" else "",
                      "post": step.post_id or "", "beside": step.stage == before, "due_at": step.due_at, "fixed": step.state != AHEAD})
        before = step.stage
    return found
