"""What those who meet for the whole city should hear of digital leaders: how many sections have none; which, and for how long, below it."""
from collections.abc import Iterator

from groupware.kernel.actor import Actor
from groupware.kernel.things import Candidate
from training.cards import COVERAGE
from training.permissions.leaders import can_look
from training.queries.leaders import survey
from training.queries.vacancies import Vacancy, vacancies


def without_leader(actor: Actor) -> Iterator[Candidate]:
    found = list(vacancies(survey()).values()) if can_look(actor, None) else []
    if found:
        known = [each.since for each in found if each.since]
        yield Candidate(COVERAGE, "デジタルリーダー", f"欠員 {len(found)}", f"{len(found)}の課に、デジタルリーダーがいません。",
                        min(known, default=None), tuple((each.section.unit.name, _line(each)) for each in found))


def _line(each: Vacancy) -> str:
    coming = f"候補{each.section.coming}人" if each.section.coming else "候補はまだいません"
    return f"{each.words}・{coming}"
