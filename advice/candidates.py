"""What those who meet for the whole city should hear of advice: what was adopted not long ago."""
from collections.abc import Iterator
from datetime import timedelta

from advice.models import DECISIONS, STATES, USED
from advice.queries.pieces import decided_since
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.things import Candidate

LATELY = timedelta(days=120)        # from one council to the next, and a little more


def adopted_advice(actor: Actor) -> Iterator[Candidate]:
    for each in decided_since(actor, clock.today() - LATELY, USED):
        said = f"{each.author_name}・{DECISIONS.get(each.decision, STATES[each.state])}"
        yield Candidate(each.ref, "採用された助言", each.title, said, each.decided_on)
