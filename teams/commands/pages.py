"""Pages are begun, written anew, put away. Nobody's text is overwritten, and what stood there before is kept."""
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict
from groupware.kernel.markup import RenderedText
from teams.events import PageBegun, PagePutAway, PageRendered, PageWritten
from teams.forms import PageDraft
from teams.models.pages import Page, Revision
from teams.permissions import Held, HeldPage, Teams
from teams.queries.pages import page_for
from teams.queries.tasks import inside_for

STALE = "ほかの人が先に直しました。二つの文を並べて見比べ、もう一度保存してください。"


@command(Teams.WORK, on=inside_for)
def begin_page(actor: Actor, held: Held, draft: PageDraft) -> int:
    page = Page(team_id=held.team.id, version=1)
    _write(actor, page, draft)
    db.session.add(page)
    db.session.flush()
    record(actor, PageBegun(page.id, held.team.id, page.slow))
    return page.id


@command(Teams.WORK, on=page_for)
def write_page(actor: Actor, held: HeldPage, draft: PageDraft) -> None:
    """Raises Conflict when it is not the text that the writer saw."""
    page = held.page
    if draft.version != page.version:
        raise Conflict(STALE)
    if (draft.title, draft.body) == (page.title, page.body):
        raise Already(None)
    db.session.add(Revision(page_id=page.id, version=page.version, title=page.title, body=page.body, writer_name=page.writer_name,
                            at=page.changed_at))
    _write(actor, page, draft)
    page.version += 1
    record(actor, PageWritten(page.id, held.team.id, page.slow))


@command(Teams.WORK, on=page_for)
def put_page_away(actor: Actor, held: HeldPage) -> None:
    held.page.gone = True
    record(actor, PagePutAway(held.page.id, held.team.id))


@command(Teams.RENDER, on=page_for)
def finish_page(actor: Actor, held: HeldPage, rendered: RenderedText | None, version: int) -> None:
    """None: too slow even for the helper, the plain text stays."""
    page = held.page
    if page.version != version or not page.slow:
        raise Already(None)
    if rendered:
        page.html, page.plain = rendered.html, rendered.plain
    page.slow = False
    record(actor, PageRendered(page.id, held.team.id))


def _write(by: Actor, page: Page, draft: PageDraft) -> None:
    page.title, page.body, page.html, page.plain = draft.title, draft.body, draft.rendered.html, draft.rendered.plain
    page.slow, page.writer_id, page.writer_name, page.changed_at = draft.rendered.slow, by.user_id, by.name, clock.now()
