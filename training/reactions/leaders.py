"""Whose turn it is, told."""
from collections.abc import Iterator

from groupware.directory.events import PersonDisabled, PersonEnabled
from groupware.directory.queries import holders_of_role, people_cards
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.notifications.notice import Notice
from training.events import leaders as events
from training.models.leaders import CANDIDATE, CHECKED, OFFERED, READY, REVIEW, STATES, Term
from training.permissions.leaders import CIO, STEERING
from training.queries.leaders import heads_of, open_term, rules_in_force

on = Reactions()
ASK, TELL = "training.ask", "training.term"
TO_SELF = {"permit": "申出が許可されました", "decline": "今回は見送りとなりました", "select": "選定されました。前提の研修へ進みます",
           "appoint": "任命されました",
           "review": "任期の終わりが近づいています。続けたいかどうかを教えてください", "renew": "再任されました", "expire": "任期が満了しました",
           "dismiss": "解任されました"}


@on.within(events.TermMoved)
def find_anew(event: events.TermMoved) -> Iterator[Touched]:
    yield Touched(Ref("training.leader", event.term_id))


@on.within(PersonDisabled, PersonEnabled)
def find_person_anew(event: PersonDisabled) -> Iterator[Touched]:
    """Who may not act serves nobody."""
    term = open_term(event.user_id)
    if term:
        yield Touched(Ref("training.leader", term.id))


@on.later(events.CandidateProposed)
def tell_candidate(event: events.CandidateProposed) -> Iterator[Notice]:
    term = db.session.get(Term, event.term_id)
    if term is None:
        return
    if event.route != "offered":
        yield Notice(event.user_id, event.about, "デジタルリーダーの候補になりました", TELL)
    yield from _ask(term)


@on.later(events.TermMoved)
def tell_moved(event: events.TermMoved) -> Iterator[Notice]:
    term = db.session.get(Term, event.term_id)
    if term is None:
        return
    if event.act in TO_SELF:
        yield Notice(event.user_id, event.about, TO_SELF[event.act], TELL)
    if event.act not in {"stay", "leave", "opine", "begin"}:
        yield from _ask(term)


def _ask(term: Term) -> Iterator[Notice]:
    """Whose turn it is now."""
    if term.state in {OFFERED, REVIEW}:
        words = "申出の許可をお願いします" if term.state == OFFERED else "更新の審査の所見をお願いします"
        yield from (Notice(user_id, term.ref, words, ASK) for user_id in _heads(term))
    elif term.state in {CANDIDATE, CHECKED}:
        yield from (Notice(user_id, term.ref, f"{STATES[term.state]}です", ASK) for user_id in holders_of_role(STEERING))
    elif term.state == READY and rules_in_force().by_cio:
        yield from (Notice(user_id, term.ref, "任命をお願いします", ASK) for user_id in holders_of_role(CIO))


def _heads(term: Term) -> list[int]:
    card = people_cards([term.user_id]).get(term.user_id)
    return [user_id for user_id in heads_of(card.unit_id if card and card.unit_id else term.unit_id) if user_id != term.user_id]
