"""A list of completions outside of the city hall: brought, looked at, taken in as a whole or not at all."""
from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from training.bringing import look_at
from training.events.courses import CompletionsBrought, ListBrought
from training.models.courses import OUTSIDE, Completion
from training.models.duties import APPLIED, READ, Bringing
from training.permissions.courses import Courses
from training.queries.outside import bringing_for


@command(Courses.BRING)
def bring_list(actor: Actor, file_name: str, lines: list[list[object]]) -> int:
    made = Bringing(user_id=actor.user_id, file_name=file_name[:200], lines=lines, state=READ, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, ListBrought(made.id))
    return made.id


@command(Courses.BRING, on=bringing_for)
def take_in(actor: Actor, bringing: Bringing, digest: str) -> int:
    """How many. Raises Invalid with the line, Conflict when it is not what was shown; then nothing has changed."""
    found = look_at(bringing)
    if found.troubles:
        line, words = found.troubles[0]
        raise Invalid(f"{line}行目: {words}何も取り込んでいません。")
    if bringing.state != READ or found.digest != digest or not found.new:
        raise Conflict("見ていただいた後に、記録か表が変わりました。いまの内容を確かめて、もう一度押してください。")
    cards = people_cards(each.user_id for each in found.new)
    db.session.add_all(Completion(
        user_id=each.user_id, unit_id=cards[each.user_id].unit_id, course_id=each.course.id if each.course else None, title=each.title,
        done_on=each.done_on, expires_on=each.expires_on, source=OUTSIDE, host=each.host, by_name=actor.name, at=clock.now()) for each in found.new)
    bringing.state = APPLIED
    record(actor, CompletionsBrought(bringing.id, len(found.new)))
    return len(found.new)
