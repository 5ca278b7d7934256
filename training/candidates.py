"""What those who meet for the whole city should hear of digital leaders: sections that have none, and for how long."""
from collections.abc import Iterator

from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Candidate
from training.permissions.leaders import can_look
from training.queries.leaders import survey
from training.queries.vacancies import vacancies


def without_leader(actor: Actor) -> Iterator[Candidate]:
    for each in vacancies(survey()).values() if can_look(actor, None) else ():
        section = each.section
        coming = f"候補{section.coming}人" if section.coming else "候補はまだいません"
        yield Candidate(Ref("directory.unit", section.unit.id), "リーダーの欠員", section.unit.name, f"{each.words}・{coming}", each.since)
