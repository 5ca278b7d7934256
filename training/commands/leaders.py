"""Deeds about leaders: proposed, led on step by step, practised; sections excused; rules changed."""
from datetime import date, timedelta

from sqlalchemy import select

from groupware.directory.commands.people import grant_role, take_role
from groupware.directory.queries import holders_of_role, unit_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.flow import Step
from groupware.kernel.things import Practised
from training.events.leaders import CandidateProposed, PracticeKept, PracticeTaken, RulesChanged, SectionExcused, TermMoved
from training.forms.leaders import REQUIREMENTS, ExcuseDraft, MoveDraft, PracticeDraft
from training.models.leaders import (
    ACTIVE,
    AGAIN,
    BY_SELF,
    CANDIDATE,
    NAMED,
    OFFERED,
    OVER,
    RECOMMENDED,
    Exemption,
    Practice,
    Ruling,
    Term,
    TermStep,
)
from training.permissions.leaders import Candidate, Held, Training
from training.queries.leaders import (
    candidate_for,
    flow_in_force,
    open_term,
    practice_for,
    rules_in_force,
    serving_for,
    serving_term,
    term_for,
)
from training.rules import Rules, term_end

LEADER = "leader"
EARLIEST = timedelta(days=366)


@command(Training.RECOMMEND, on=candidate_for)
def recommend_person(actor: Actor, candidate: Candidate, why: str) -> int:
    return _propose(actor, candidate, RECOMMENDED, why)


@command(Training.OFFER, on=lambda actor, _: candidate_for(actor, actor.user_id))
def offer_oneself(actor: Actor, candidate: Candidate, why: str) -> int:
    return _propose(actor, candidate, BY_SELF, why)


@command(Training.NAME, on=candidate_for)
def name_candidate(actor: Actor, candidate: Candidate, why: str) -> int:
    return _propose(actor, candidate, NAMED, why)


@command(Training.MOVE, on=term_for)
def move_term(actor: Actor, held: Held, draft: MoveDraft) -> None:
    """Raises Forbidden, Conflict, or Invalid where something is missing."""
    term, step = held.term, flow_in_force().step(held.term.state, draft.act, held.parts)
    step.want(draft.reason)
    _prepare(term, draft)
    term.state, term.changed_at = step.after, clock.now()
    if step.after in OVER:
        term.ended_on = min(filter(None, (clock.today(), term.ends_on)))
    db.session.add(TermStep.by(actor, step, draft.reason, term_id=term.id))
    if draft.act == "renew":
        _follow(actor, held, draft)
    settle_role(term.user_id, over=step.after in OVER)
    record(actor, TermMoved(term.id, draft.act, step.after, term.user_id))


@command(Training.MOVE, on=term_for)
def begin_serving(actor: Actor, held: Held) -> None:
    """The first day of a term that was decided before it."""
    if held.term.user_id in holders_of_role(LEADER):
        raise Already(None)
    settle_role(held.term.user_id)
    record(actor, TermMoved(held.term.id, "begin", held.term.state, held.term.user_id))


@command(Training.PRACTISE, on=serving_for)
def keep_practice(actor: Actor, _: Term, draft: PracticeDraft) -> int:
    unit = unit_for(actor, draft.unit_id).id if draft.unit_id else None
    made = Practice(user_id=actor.user_id, unit_id=unit, day=draft.day, minutes=draft.minutes, sort=draft.sort, summary=draft.summary, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, PracticeKept(made.id))
    return made.id


@command(Training.NOTE)
def note_practice(actor: Actor, done: Practised) -> int:
    """What another feature knows of: one line for one thing, as it stands now."""
    term, about = serving_term(done.user_id), str(done.about)
    found = db.session.scalar(select(Practice).where(Practice.user_id == done.user_id, Practice.about == about))
    if found is None and (term is None or term.starts_on is None or done.day < term.starts_on):
        raise Already(0)
    made = found or Practice(user_id=done.user_id, sort="advice", about=about)
    made.unit_id, made.day, made.minutes, made.summary, made.at = done.unit_id, done.day, done.minutes, done.summary, clock.now()
    db.session.add(made)
    db.session.flush()
    record(actor, PracticeKept(made.id))
    return made.id


def keep_practised(effect: Practised) -> None:
    note_practice(SYSTEM, effect)


@command(Training.TAKE, on=practice_for)
def take_practice(actor: Actor, practice: Practice) -> None:
    if practice.about:
        raise Conflict("助言・提言から来た一行です。直すときは、もとの記録を直してください。")
    db.session.delete(practice)
    record(actor, PracticeTaken(practice.id))


@command(Training.KEEP)
def excuse_section(actor: Actor, unit_id: int, draft: ExcuseDraft) -> None:
    """What is lifted early ends with yesterday: until then it was no vacancy."""
    unit, found = unit_for(actor, unit_id), db.session.get(Exemption, unit_id)
    if draft.until:
        db.session.merge(Exemption(unit_id=unit.id, until=draft.until, reason=draft.reason, author_name=actor.name, at=clock.now()))
    elif found:
        found.until = min(found.until, clock.today() - timedelta(days=1))
    record(actor, SectionExcused(unit.id, draft.until.isoformat() if draft.until else ""))


@command(Training.KEEP)
def change_rules(actor: Actor, rules: Rules) -> None:
    """For what is decided from now on: an end that was set stays."""
    made = Ruling(content=rules.as_dict(), author_name=actor.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, RulesChanged(made.id))


def settle_role(user_id: int, *, over: bool = False) -> None:
    """The role in the directory follows the terms; one given by hand stays until a term is over."""
    db.unit().flush()
    serves, has = serving_term(user_id) is not None, user_id in holders_of_role(LEADER)
    if serves and not has:
        grant_role(SYSTEM, user_id, LEADER)
    if over and has and not serves:
        take_role(SYSTEM, user_id, LEADER)


def _propose(actor: Actor, candidate: Candidate, route: str, why: str) -> int:
    if open_term(candidate.user_id):
        raise Conflict("その人は、もう候補か、任期中のデジタルリーダーです。")
    term = Term(user_id=candidate.user_id, unit_id=candidate.section_id, route=route, state=OFFERED if route == BY_SELF else CANDIDATE, why=why,
                changed_at=clock.now())
    db.session.add(term)
    db.session.flush()
    step = Step("propose", (), term.state, frozenset(), {RECOMMENDED: "推薦した", BY_SELF: "申し出た", NAMED: "指名した"}[route])
    db.session.add(TermStep.by(actor, step, why, term_id=term.id))
    record(actor, CandidateProposed(term.id, route, candidate.user_id))
    return term.id


def _prepare(term: Term, draft: MoveDraft) -> None:
    """What some acts want before they are done."""
    if draft.act == "check" and set(draft.checks) != set(REQUIREMENTS):
        raise Invalid(check="三つの要件をすべて確かめてから進めてください。満たさないものがあれば、見送ってください。")
    if draft.act == "appoint":
        _begin(term, draft.starts_on or clock.today(), draft.order_number)
    if draft.act in {"stay", "leave"}:
        term.wish = draft.act
    if draft.act == "renew" and term.wish != "stay":
        raise Invalid(wish="本人の意向（続けたい）を聞いてから、再任してください。")


def _begin(term: Term, starts_on: date, order_number: str) -> None:
    if abs(starts_on - clock.today()) > EARLIEST:
        raise Invalid(starts_on="任命の日は、今日の前後1年以内にしてください。")
    if not order_number:
        raise Invalid(order_number="発令の番号を書いてください。")
    term.years = rules_in_force().years
    term.starts_on, term.ends_on, term.order_number = starts_on, term_end(starts_on, term.years), order_number


def _follow(actor: Actor, held: Held, draft: MoveDraft) -> None:
    """The next term begins on the day after the last, where they sit now."""
    before = held.term
    if before.ends_on is None:
        raise Conflict
    db.unit().flush()
    term = Term(user_id=before.user_id, unit_id=held.section_id, route=AGAIN, state=ACTIVE, why=draft.reason, before_id=before.id,
                changed_at=clock.now())
    term.years, term.order_number = rules_in_force().years, draft.order_number or before.order_number
    term.starts_on = before.ends_on + timedelta(days=1)
    term.ends_on = term_end(term.starts_on, term.years)
    db.session.add(term)
    db.session.flush()
    db.session.add(TermStep.by(actor, Step("appoint", (), ACTIVE, frozenset(), "再任された"), draft.reason, term_id=term.id))
    record(actor, TermMoved(term.id, "appoint", ACTIVE, term.user_id))
