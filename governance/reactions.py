"""What follows when the plan changes."""
from collections.abc import Iterator

from governance import events
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref

on = Reactions()


@on.within(events.EditionInForce)
def touch_measures(event: events.EditionInForce) -> Iterator[Touched]:
    yield from (Touched(Ref("governance.measure", number)) for number in event.measures)


@on.within(events.EditionInForce)
def touch_terms(event: events.EditionInForce) -> Iterator[Touched]:
    yield from (Touched(Ref("governance.term", place)) for place in range(1, event.terms + 1))
