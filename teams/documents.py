"""Charters, as they are searched: by whom may see the team at the moment of searching."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from groupware.directory.queries import circle
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from teams.models import Member, Team
from teams.permissions import is_in, visible_teams


def team_documents(team_ids: Collection[int]) -> Iterator[Document]:
    names: dict[int, list[str]] = {}
    for member in db.session.scalars(select(Member).where(Member.team_id.in_(team_ids), is_in())):
        names.setdefault(member.team_id, []).append(member.name)
    for team in db.session.scalars(select(Team).where(Team.id.in_(team_ids))):
        body = "\n".join(filter(None, (team.purpose, team.outcome, team.report, "、".join(names.get(team.id, ())))))
        yield Document(team.ref, circle(Team.kind, team.id), team.changed_at, body, team.name, team.proposer_id,
                       tuple(f"measure:{code}" for code in team.measures.split()))


def audiences(actor: Actor) -> list[str]:
    return [circle(Team.kind, number) for number in db.session.scalars(visible_teams(actor))]


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Team.id).where(Team.id > after).order_by(Team.id).limit(limit)))


TEAMS = Findable(("チーム", "team"), "people", team_documents, _ids, lasting=True)
