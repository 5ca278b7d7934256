"""A step's seat and an asking's thing, in the forms in which others speak of them."""
from groupware.approvals.models import Asking, Step
from groupware.kernel.ports import Seat


def seat_of(step: Step) -> Seat:
    return Seat(step.unit_id, step.post, step.person_id)


def thing_of(asking: Asking) -> str:
    """As it stands in an event."""
    return str(asking.thing or "")
