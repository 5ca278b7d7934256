"""Whose turn it is, on the first page; and how their sections are covered, for heads."""
from collections.abc import Iterator
from datetime import datetime, time

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo, Widget
from groupware.ui.paths import path_for
from training.flows import term_flow
from training.models import CANDIDATE, CHECKED, OFFERED, READY, REVIEW, SELECTED
from training.permissions import parts_of
from training.queries import Leader, moving_terms, rules_in_force, serving_leaders

ASKED = {OFFERED: ("permit", "許可する"), CANDIDATE: ("check", "確かめる"), CHECKED: ("select", "選ぶ"), SELECTED: ("finish", "進める"),
         READY: ("appoint", "任命する"), REVIEW: ("stay", "答える")}
ENDS = time(17, 15)


def terms_to_do(actor: Actor) -> Iterator[Todo]:
    """Nothing is asked for whom nothing of it ever waits."""
    if actor.outside:
        return
    moving = moving_terms()
    flow = term_flow(by_cio=bool(moving) and rules_in_force().by_cio)
    for each in moving:
        parts = parts_of(actor, each.term.user_id, each.card.unit_id or each.term.unit_id)
        open_acts = {step.act for step in flow.open_to(each.term.state, parts)}
        act, words = ASKED[each.term.state]
        if act in open_acts and not (act == "stay" and each.term.wish):
            yield Todo("リーダー", "train", _title(each, act), path_for("training.term", term_id=each.term.id), words, each.card.label, _end(each))


def leaders_here(_: Actor, unit_ids: frozenset[int]) -> Widget | None:
    """〇〇課のようす: who leads, or that nobody does."""
    here = [each for each in serving_leaders() if each.card.unit_id in unit_ids]
    said = f"{len(here)}人" if here else "いません"
    return Widget("デジタルリーダー", said, "training/_here.html", list(here[:6]), url=path_for("training.leaders"), order=60)


def _title(each: Leader, act: str) -> str:
    return "デジタルリーダーを続けたいかどうか" if act == "stay" else f"{each.card.name} さんのデジタルリーダーの手続"


def _end(each: Leader) -> datetime | None:
    term = each.term
    return datetime.combine(term.ends_on, ENDS, clock.JST) if term.state == REVIEW and term.ends_on else None
