"""Being away, and being back."""
from groupware.approvals.events import AbsenceCancelled, AbsenceRegistered
from groupware.approvals.forms import AbsenceDraft
from groupware.approvals.models import Absence
from groupware.approvals.permissions import Approvals
from groupware.approvals.queries.askings import absence_for
from groupware.directory.models import ACTIVE
from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Invalid


@command(Approvals.BE_AWAY)
def register_absence(actor: Actor, draft: AbsenceDraft) -> int:
    if draft.deputy_id:
        deputy = people_cards([draft.deputy_id]).get(draft.deputy_id)
        if deputy is None or deputy.outside or deputy.state != ACTIVE or deputy.id == actor.user_id:
            raise Invalid(deputy="代わりの人には、ほかの在職の職員を選んでください。")
    absence = Absence(user_id=actor.user_id, starts_on=draft.starts_on, ends_on=draft.ends_on, deputy_id=draft.deputy_id)
    db.session.add(absence)
    db.session.flush()
    record(actor, AbsenceRegistered(actor.user_id, draft.deputy_id))
    return absence.id


@command(Approvals.BE_AWAY)
def cancel_absence(actor: Actor, absence_id: int) -> None:
    db.session.delete(absence_for(actor, absence_id))
    record(actor, AbsenceCancelled(actor.user_id))
