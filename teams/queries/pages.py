"""What a team has written, and how it stood before."""
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.revising import Line, changed_lines
from teams.models import Team
from teams.models.pages import Page, Revision
from teams.permissions import HeldPage, inner_teams
from teams.queries.tasks import inside_for

SHOWN, PAGE = 20, 30         # revisions below one another; pages in the list


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changed, by whom."""

    version: int
    title: str
    writer_name: str
    at: object
    lines: list[Line]


def page_for(actor: Actor, page_id: int) -> HeldPage:
    found = db.session.get(Page, page_id)
    if found is None or found.gone:
        raise NotFound
    held = inside_for(actor, found.team_id)
    return HeldPage(held.team, held.role, held.parts, page=found)


def pages_of(team: Team, number: int) -> tuple[list[Page], int]:
    where = (Page.team_id == team.id, Page.gone.is_(False))
    total = db.session.scalar(select(func.count()).select_from(Page).where(*where)) or 0
    asked = select(Page).where(*where).order_by(Page.changed_at.desc(), Page.id.desc()).limit(PAGE).offset((max(number, 1) - 1) * PAGE)
    return list(db.session.scalars(asked)), total


def changes_of(page: Page) -> list[Change]:
    """The newest first."""
    asked = select(Revision).where(Revision.page_id == page.id).order_by(Revision.version.desc()).limit(SHOWN)
    before = list(db.session.scalars(asked))
    after = [(page.version, page.title, page.writer_name, page.changed_at, page.body),
             *((each.version, each.title, each.writer_name, each.at, each.body) for each in before)]
    return [Change(*new[:4], changed_lines(old.body, new[4])) for new, old in zip(after, before, strict=False)]


def pages_by_ids(actor: Actor, ids: Collection[int]) -> list[tuple[Page, Team]]:
    asked = select(Page, Team).join(Team, Team.id == Page.team_id).where(Page.id.in_(ids), Page.gone.is_(False), Team.id.in_(inner_teams(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Page.id))]
