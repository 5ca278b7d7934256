"""How a term looks from elsewhere, and where Ctrl+K leads."""
from collections.abc import Collection

from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from groupware.ui.paths import path_for
from training.models import STATES, Term
from training.permissions import can_look, parts_of
from training.queries import with_cards

PLACES = (("デジタルリーダー", "training.leaders"),)


def term_cards(actor: Actor, term_ids: Collection[int]) -> list[Card]:
    found = with_cards(db.session.scalars(select(Term).where(Term.id.in_(term_ids))))
    return [Card(each.term.ref, f"デジタルリーダー {each.card.name} さん", path_for("training.term", term_id=each.term.id), "train",
                 f"任期・{STATES[each.term.state]}") for each in found
            if parts_of(actor, each.term.user_id, each.card.unit_id or each.term.unit_id)]


def jumps(actor: Actor, text: str) -> list[Jump]:
    wanted = fold(text)
    if not (wanted and can_look(actor, None)):
        return []
    return [Jump(label, "研修", path_for(endpoint), "train") for label, endpoint in PLACES if wanted in fold(label)]
