"""What others ask about teams, to tie their things to one."""
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, String, cast, literal, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.ports import Crew
from groupware.kernel.ref import Ref
from teams.models import LEADER, OWNER, RUNNING, STARTED, Member, Team
from teams.permissions import is_in

LEADS = (OWNER, LEADER)


class Roll:
    """Answers ``TeamRoll``."""

    def mine(self, actor: Actor) -> Sequence[Crew]:
        asked = select(Team, Member.role).join(Member, Member.team_id == Team.id).where(*_seated(actor))
        return [Crew(team.ref, team.name, team.unit_id, role, role in LEADS) for team, role in db.session.execute(asked.order_by(Team.name, Team.id))]

    def refs(self, actor: Actor) -> Select[str]:
        ref = literal(f"{Team.kind}:") + cast(Team.id, String)
        return select(ref).join(Member, Member.team_id == Team.id).where(*_seated(actor))

    def running(self) -> Sequence[Crew]:
        found = db.session.scalars(select(Team).where(Team.state.in_(RUNNING)).order_by(Team.name, Team.id))
        return [Crew(team.ref, team.name, team.unit_id) for team in found]

    def people(self, refs: Sequence[Ref]) -> dict[Ref, list[int]]:
        ids = [ref.id for ref in refs if ref.kind == Team.kind]
        asked = select(Member.team_id, Member.user_id).where(Member.team_id.in_(ids), Member.role.in_(LEADS), is_in()).order_by(Member.id)
        found: dict[Ref, list[int]] = {}
        for team_id, user_id in db.session.execute(asked) if ids else ():
            found.setdefault(Ref(Team.kind, team_id), []).append(user_id)
        return found


def _seated(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Member.user_id == actor.user_id, is_in(), Team.state.in_(STARTED)
