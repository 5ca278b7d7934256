"""Charters, tasks and what teams say of their weeks, as they are searched: by whom may see the team, or look into it, at the moment of searching."""
from collections.abc import Callable, Collection, Iterator

from sqlalchemy import select

from groupware.directory.queries import circle
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from teams.models import Member, Team
from teams.models.checkins import PULSES, Checkin
from teams.models.pages import Page
from teams.models.plans import Decision, Milestone
from teams.models.tasks import GONE, Check, Task
from teams.permissions import inner_teams, is_in, visible_teams

INSIDE = "teams.inside"


def team_documents(team_ids: Collection[int]) -> Iterator[Document]:
    names: dict[int, list[str]] = {}
    for member in db.session.scalars(select(Member).where(Member.team_id.in_(team_ids), is_in())):
        names.setdefault(member.team_id, []).append(member.name)
    for team in db.session.scalars(select(Team).where(Team.id.in_(team_ids))):
        body = "\n".join(filter(None, (team.purpose, team.outcome, team.report, "、".join(names.get(team.id, ())))))
        yield Document(team.ref, circle(Team.kind, team.id), team.changed_at, body, team.name, team.proposer_id,
                       tuple(f"measure:{code}" for code in team.measures.split()))


def task_documents(task_ids: Collection[int]) -> Iterator[Document]:
    found = list(db.session.scalars(select(Task).where(Task.id.in_(task_ids), Task.state != GONE)))
    lines: dict[int, list[str]] = {}
    for check in db.session.scalars(select(Check).where(Check.task_id.in_(task_ids)).order_by(Check.place)) if found else ():
        lines.setdefault(check.task_id, []).append(check.words)
    for task in found:
        body = "\n".join(filter(None, (task.plain, *lines.get(task.id, ()), task.owner_name)))
        yield Document(task.ref, circle(INSIDE, task.team_id), task.changed_at, body, task.title, task.owner_id,
                       (f"measure:{task.measure}",) if task.measure else ())


def checkin_documents(checkin_ids: Collection[int]) -> Iterator[Document]:
    asked = select(Checkin, Team.name).join(Team, Team.id == Checkin.team_id).where(Checkin.id.in_(checkin_ids))
    for word, name in db.session.execute(asked):
        yield Document(word.ref, circle(INSIDE, word.team_id), word.at, word.line, f"{name}：{PULSES[word.state]}", word.author_id)


def decision_documents(decision_ids: Collection[int]) -> Iterator[Document]:
    asked = select(Decision, Team).join(Team, Team.id == Decision.team_id).where(Decision.id.in_(decision_ids))
    for each, team in db.session.execute(asked):
        yield Document(each.ref, circle(INSIDE, team.id), each.at, f"{each.words}\n{each.reason}\n{each.by}", f"{team.name} 決定 第{each.number}号",
                       labels=tuple(f"measure:{code}" for code in team.measures.split()))


def milestone_documents(milestone_ids: Collection[int]) -> Iterator[Document]:
    """Whoever may know of the team may know where it wants to be when."""
    asked = select(Milestone, Team.name).join(Team, Team.id == Milestone.team_id).where(Milestone.id.in_(milestone_ids))
    for each, name in db.session.execute(asked):
        yield Document(each.ref, circle(Team.kind, each.team_id), each.changed_at, f"{name}の節目 {each.due_on:%Y-%m-%d}", each.title)


def page_documents(page_ids: Collection[int]) -> Iterator[Document]:
    for each in db.session.scalars(select(Page).where(Page.id.in_(page_ids), Page.gone.is_(False))):
        yield Document(each.ref, circle(INSIDE, each.team_id), each.changed_at, each.plain, each.title, each.writer_id)


def audiences(actor: Actor) -> list[str]:
    """Who may know of a team; and, narrower, who may look into it."""
    return [*(circle(Team.kind, number) for number in db.session.scalars(visible_teams(actor))),
            *(circle(INSIDE, number) for number in db.session.scalars(inner_teams(actor)))]


def _ids_of(table: type[Team | Task | Checkin | Decision | Milestone | Page]) -> Callable[[int, int], list[int]]:
    def ids(after: int, limit: int) -> list[int]:
        return list(db.session.scalars(select(table.id).where(table.id > after).order_by(table.id).limit(limit)))
    return ids


TEAMS = Findable(("チーム", "team"), "people", team_documents, _ids_of(Team), lasting=True)
WORDS = Findable(("週の一言", "checkin"), "clock", checkin_documents, _ids_of(Checkin))
DECISIONS = Findable(("決定", "decision"), "seal", decision_documents, _ids_of(Decision))
MILESTONES = Findable(("節目", "milestone"), "calendar", milestone_documents, _ids_of(Milestone))
PAGES = Findable(("チームの文書", "page"), "book", page_documents, _ids_of(Page))
TASKS = Findable(("タスク", "task"), "todo", task_documents, _ids_of(Task))
