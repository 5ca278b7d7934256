"""Terms, leaders as they serve today, and how every section stands."""
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select

from groupware.directory.queries import PersonCard, UnitNode, members_of_unit, people_cards, posts_of, sections_of, unit_tree
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.flow import Flow
from training.flows.leaders import term_flow
from training.models.leaders import COMING, OVER, REVIEW, SERVING, Exemption, Practice, Ruling, Term, TermStep
from training.permissions.leaders import Candidate, Held, can_look, can_see, parts_of
from training.rules import ARRANGING, FILLED, SURPLUS, VACANT, Rules, cover

MAY_ACT = "active"


@dataclass(frozen=True, slots=True)
class Leader:
    term: Term
    card: PersonCard


@dataclass(slots=True)
class Section:
    """A 課 and how it stands; ``above``: the name of the 部 it belongs to."""

    unit: UnitNode
    above: str
    leaders: list[Leader] = field(default_factory=list)
    coming: int = 0
    excused: Exemption | None = None
    state: str = VACANT


@dataclass(frozen=True, slots=True)
class Survey:
    """All sections, in the order of the tree."""

    sections: list[Section]
    leaders: list[Leader]
    rules: Rules

    def count(self, *states: str) -> int:
        return sum(section.state in states for section in self.sections)

    @property
    def needed(self) -> int:
        """Those excused are no part of it."""
        return self.count(FILLED, SURPLUS, VACANT, ARRANGING)

    @property
    def filled(self) -> int:
        return self.count(FILLED, SURPLUS)


def rules_in_force() -> Rules:
    content = db.session.scalar(select(Ruling.content).order_by(Ruling.id.desc()).limit(1))
    return Rules.of(content) if content else Rules()


def flow_in_force() -> Flow:
    return term_flow(by_cio=rules_in_force().by_cio)


def candidate_for(actor: Actor, user_id: int) -> Candidate:
    """Raises NotFound, also for whoever may not act or sits nowhere."""
    card = people_cards([user_id]).get(user_id)
    if actor.outside or card is None or card.state != MAY_ACT or card.unit_id is None:
        raise NotFound("その人は、いま候補にできません。")
    return Candidate(user_id, card.unit_id, card.outside)


def held(actor: Actor, term: Term) -> Held:
    card = people_cards([term.user_id]).get(term.user_id)
    section = card.unit_id if card and card.unit_id else term.unit_id
    return Held(term, section, parts_of(actor, term.user_id, section))


def term_for(actor: Actor, term_id: int) -> Held:
    """Raises NotFound, also for whom its ways do not concern."""
    term = db.session.get(Term, term_id)
    found = held(actor, term) if term else None
    if found is None or not can_see(actor, found):
        raise NotFound
    return found


def open_term(user_id: int) -> Term | None:
    """On the way, or serving: the newest."""
    asked = select(Term).where(Term.user_id == user_id, Term.state.in_((*COMING, *SERVING))).order_by(Term.id.desc()).limit(1)
    return db.session.scalar(asked)


def serving_term(user_id: int) -> Term | None:
    found = db.session.scalars(select(Term).where(Term.user_id == user_id, Term.state.in_(SERVING)).order_by(Term.id.desc()))
    return next((term for term in found if term.serves(clock.today())), None)


def serving_for(actor: Actor, _: object = None) -> Term:
    """One's own. Raises Forbidden."""
    term = serving_term(actor.user_id)
    if term is None:
        raise Forbidden("実践の記録は、任期中のデジタルリーダーだけが書けます。")
    return term


def practice_for(actor: Actor, practice_id: int) -> Practice:
    """One's own. Raises NotFound."""
    found = db.session.get(Practice, practice_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound
    return found


def steps_of(term_id: int) -> list[TermStep]:
    return list(db.session.scalars(select(TermStep).where(TermStep.term_id == term_id).order_by(TermStep.id)))


def terms_of(user_id: int) -> list[Term]:
    return list(db.session.scalars(select(Term).where(Term.user_id == user_id).order_by(Term.id.desc())))


def practices_of(user_id: int, since: date, until: date) -> list[Practice]:
    asked = select(Practice).where(Practice.user_id == user_id, Practice.day.between(since, until))
    return list(db.session.scalars(asked.order_by(Practice.day.desc(), Practice.id.desc())))


def sum_of_practice(user_id: int, since: date, until: date) -> tuple[int, int]:
    """How many, and how many minutes."""
    asked = select(func.count(), func.coalesce(func.sum(Practice.minutes), 0)).where(Practice.user_id == user_id, Practice.day.between(since, until))
    many, minutes = db.session.execute(asked).one()
    return int(many), int(minutes)


def moving_terms(states: Collection[str] = (*COMING, REVIEW)) -> list[Leader]:
    """What is on its way, with whom."""
    return with_cards(db.session.scalars(select(Term).where(Term.state.in_(states)).order_by(Term.id)))


def past_terms(most: int = 50) -> list[Leader]:
    """経験者."""
    serving = select(Term.user_id).where(Term.state.in_(SERVING))
    asked = select(Term).where(Term.state.in_(OVER), Term.starts_on.is_not(None), Term.user_id.not_in(serving)).order_by(Term.ended_on.desc())
    return with_cards(db.session.scalars(asked.limit(most)))


def with_cards(terms: Iterable[Term]) -> list[Leader]:
    terms = list(terms)
    cards = people_cards(term.user_id for term in terms)
    return [Leader(term, cards[term.user_id]) for term in terms if term.user_id in cards]


def serving_leaders() -> list[Leader]:
    """Today, those who may act, by where they sit."""
    asked = select(Term).where(_serves()).order_by(Term.ends_on, Term.id)
    return [each for each in with_cards(db.session.scalars(asked)) if each.card.state == MAY_ACT]


def survey() -> Survey:
    """A constant number of questions, however many sections and leaders."""
    asked = select(Term).where(or_(_serves(), Term.state.in_(COMING))).order_by(Term.ends_on, Term.id)
    rules, found = rules_in_force(), with_cards(db.session.scalars(asked))
    leaders = [each for each in found if each.term.state in SERVING and each.card.state == MAY_ACT]
    sections = {section.unit.id: section for section in all_sections()}
    for leader in leaders:
        if leader.card.unit_id in sections:
            sections[leader.card.unit_id].leaders.append(leader)
    coming = Counter(each.card.unit_id for each in found if each.term.state in COMING)
    excused = {each.unit_id: each for each in db.session.scalars(select(Exemption).where(Exemption.until >= clock.today()))}
    for unit_id, section in sections.items():
        section.coming, section.excused = coming[unit_id], excused.get(unit_id)
        section.state = cover(len(section.leaders), section.coming, rules.least, exempt=section.excused is not None)
    return Survey(list(sections.values()), leaders, rules)


def survey_for(actor: Actor) -> Survey:
    """Raises Forbidden."""
    if not can_look(actor, None):
        raise Forbidden
    return survey()


def all_sections() -> list[Section]:
    """Units that are named alone and have a 係, or nothing below them that is named alone: so a 部 of 課 is none, a 課 with a 出張所 is one."""
    tops = [child for root in unit_tree() for child in root.children]
    own = sections_of([node.id for top in tops for node in top.walk()])
    alone = {unit_id for unit_id, section in own.items() if unit_id == section}
    return [Section(node, top.name) for top in tops for node in top.walk()
            if node.id in alone and not (node.children and all(child.id in alone for child in node.children))]


def heads_of(unit_id: int) -> list[int]:
    """Who sits in that very unit with a post that heads it."""
    return [user_id for user_id in members_of_unit(unit_id, below=False)
            if any(place.unit_id == unit_id and place.post.endswith("長") for place in posts_of(user_id))]


def _serves() -> ColumnElement[bool]:
    return and_(Term.state.in_(SERVING), Term.starts_on <= clock.today(), Term.ends_on >= clock.today())
