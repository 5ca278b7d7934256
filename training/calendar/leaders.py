"""What happens because a day has come: reviews begin, terms are over, others begin."""
from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from training.commands.leaders import begin_serving, move_term
from training.forms.leaders import MoveDraft
from training.models.leaders import ACTIVE, COMING, REVIEW, Term
from training.queries.leaders import Leader, rules_in_force, with_cards
from training.rules import Rules

DEPARTED = "departed"


def keep_terms() -> None:
    rules = rules_in_force()
    for each in with_cards(db.session.scalars(select(Term).where(Term.state.in_((*COMING, ACTIVE, REVIEW))).order_by(Term.id)).all()):
        act = _due(each, rules)
        if act:
            move_term(SYSTEM, each.term.id, MoveDraft(act))
    for term in db.session.scalars(select(Term).where(Term.state == ACTIVE, Term.starts_on == clock.today())).all():
        begin_serving(SYSTEM, term.id)


def _due(each: Leader, rules: Rules) -> str:
    """Nothing, or what is due. Whoever was moved goes on, unless the city has ruled otherwise: then it is looked at."""
    term, today = each.term, clock.today()
    if each.card.state == DEPARTED:
        return "end"
    if term.ends_on is None or term.starts_on is None or term.starts_on > today:
        return ""
    if today > term.ends_on:
        return "expire"
    moved = not rules.keeps and each.card.unit_id != term.unit_id
    return "review" if term.state == ACTIVE and (today >= rules.reviewed_from(term.ends_on) or moved) else ""
