"""Since when a section has been without the leaders it needs, as far as terms, transfers, rules and exemptions that are kept tell."""
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from groupware.directory.queries import main_seats, sections_of
from groupware.kernel import clock, db
from training.models.leaders import DISMISSED, RESIGNED, Exemption, Ruling, Term
from training.queries.leaders import Section, Survey
from training.rules import ARRANGING, VACANT, Rules, lacking_since

DAY = timedelta(days=1)
Span = tuple[date, date]        # the first and the last day


@dataclass(frozen=True, slots=True)
class Vacancy:
    """``since``: its first day; None where nothing that is kept tells it, above all where nobody ever served."""

    section: Section
    since: date | None

    @property
    def words(self) -> str:
        """Today counts."""
        return f"欠員 {(clock.today() - self.since).days + 1}日" if self.since else "欠員（始まりの記録なし）"


@dataclass(frozen=True, slots=True)
class _History:
    """``rules``: (from which day, how many are needed), the oldest first."""

    spans: dict[int, list[Span]]
    rules: list[tuple[date, int]]
    excused: dict[int, Span]

    def since(self, unit_id: int) -> date | None:
        spans, excused = self.spans.get(unit_id, []), self.excused.get(unit_id)
        changes = [end + DAY for _, end in (*spans, *([excused] if excused else [])) if end < date.max] + [day for day, _ in self.rules]

        def enough(day: date) -> bool:
            return _within(day, excused) or sum(_within(day, span) for span in spans) >= self._least(day)
        return lacking_since(clock.today(), changes, enough)

    def _least(self, day: date) -> int:
        place = bisect_right(self.rules, day, key=lambda rule: rule[0])
        return self.rules[place - 1][1] if place else Rules().least


def vacancies(survey: Survey) -> dict[int, Vacancy]:
    """By unit, those that wait longest first; a constant number of questions."""
    history = _History(_spans(), _least_by_day(), _excused())
    found = [Vacancy(each, history.since(each.unit.id)) for each in survey.sections if each.state in {VACANT, ARRANGING}]
    return {each.section.unit.id: each for each in sorted(found, key=lambda each: each.since or date.min)}


def _spans() -> dict[int, list[Span]]:
    """By section, when somebody who sat there served."""
    terms: dict[int, list[Span]] = defaultdict(list)
    for term in db.session.scalars(select(Term).where(Term.starts_on.is_not(None))):
        if term.starts_on and term.ends_on:
            terms[term.user_id].append((term.starts_on, _last_day(term, term.ends_on)))
    found: dict[int, list[Span]] = defaultdict(list)
    seats = main_seats(terms)
    own = sections_of({unit_id for _, unit_id, _, _ in seats})
    for user_id, unit_id, starts_on, ends_on in seats:
        both = [(max(begins, starts_on), min(ends, ends_on or date.max)) for begins, ends in terms[user_id]]
        found[own[unit_id]] += [span for span in both if span[0] <= span[1]]
    return found


def _last_day(term: Term, ends_on: date) -> date:
    """Whoever resigns or is dismissed serves no more on that very day."""
    over = term.ended_on or ends_on
    return min(over - DAY if term.state in {RESIGNED, DISMISSED} else over, ends_on)


def _least_by_day() -> list[tuple[date, int]]:
    return [(each.at.astimezone(clock.JST).date(), Rules.of(each.content).least) for each in db.session.scalars(select(Ruling).order_by(Ruling.id))]


def _excused() -> dict[int, Span]:
    """Also those that are over."""
    return {each.unit_id: (each.at.astimezone(clock.JST).date(), each.until) for each in db.session.scalars(select(Exemption))}


def _within(day: date, span: Span | None) -> bool:
    return span is not None and span[0] <= day <= span[1]
