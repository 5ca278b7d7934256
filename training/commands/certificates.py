"""A certificate is asked for and, once the helper has made it, kept."""
from groupware.files.commands import attach_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from training.events.courses import CertificateAsked, CertificateKept
from training.models.certificates import READY, WAITING, Certificate
from training.models.courses import Completion
from training.permissions.courses import Courses
from training.queries.certificates import completion_for


@command(Courses.CERTIFY, on=completion_for)
def ask_certificate(actor: Actor, completion: Completion) -> None:
    """Asked for twice, it is made once."""
    if db.session.get(Certificate, completion.id):
        raise Already(None)
    db.session.add(Certificate(completion_id=completion.id, by_id=actor.user_id, state=WAITING, asked_at=clock.now()))
    record(actor, CertificateAsked(completion.id))


@command(Courses.CERTIFY, on=completion_for)
def keep_certificate(actor: Actor, completion: Completion, file_id: str) -> None:
    """By whoever asked for it: the file is theirs until it hangs here."""
    row = db.session.get(Certificate, completion.id)
    if row is None or row.state == READY:
        raise Already(None)
    attach_files(actor, [file_id], completion.ref)
    row.state = READY
    record(actor, CertificateKept(completion.id))
