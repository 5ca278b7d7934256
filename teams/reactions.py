"""What follows when a team goes on, and when somebody comes or leaves."""
from collections.abc import Iterable, Iterator

from groupware.approvals.events import ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from groupware.directory.events import RoleTaken
from groupware.directory.queries import holders_of_role
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.kernel.things import Tied
from groupware.notifications.notice import Notice, Reconsider
from teams import events
from teams.models import ACTIVE, ADVISER, ARRANGING, DISSOLVED, OWNER, PROPOSED, REPORTED, ROLES, Team
from teams.models.checkins import HELP
from teams.models.tasks import CHECKING, Task
from teams.queries import heads_of, member_ids
from teams.rendering import SlowPage
from teams.seating import AdvisesNoMore
from teams.starting import DeskDecided

on = Reactions()
ASK, NEWS, TASK, LATE, WORD = "teams.ask", "teams.news", "teams.task", "teams.late", "teams.word"
TO_OWNERS = {"return": "活動を続けてください", "pause": "チームが休止しました", "resume": "チームが活動を再開しました"}
TO_STEERING = {ARRANGING: "チームの発足の調整をお願いします", REPORTED: "チームの完了報告が届きました"}


@on.within(ApprovalGranted, ApprovalReturned, ApprovalWithdrawn)
def heed_desk(event: ApprovalGranted) -> Iterator[DeskDecided]:
    if event.ref.kind == Team.kind:
        yield DeskDecided(event.ref.id, granted=isinstance(event, ApprovalGranted))


@on.within(RoleTaken)
def end_advising(event: RoleTaken) -> Iterator[AdvisesNoMore]:
    if event.role == ADVISER:
        yield AdvisesNoMore(event.user_id)


@on.within(*events.EVENTS)
def touch_thing(event: events.TeamMoved) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.TeamProposed, events.CharterWritten)
def tie_measures(event: events.TeamProposed) -> Iterator[Tied]:
    team = db.session.get(Team, event.team_id)
    for code in team.measures.split() if team else ():
        yield Tied(event.about, code)


@on.later(events.TeamProposed)
def ask_head(event: events.TeamProposed) -> Iterator[Notice]:
    team = db.session.get(Team, event.team_id)
    for user_id in heads_of(team.unit_id) if team else ():
        yield Notice(user_id, event.about, "チームの発足の提案が届きました", ASK)


@on.later(events.TeamMoved)
def tell_next(event: events.TeamMoved) -> Iterator[Notice]:
    """The version makes a second round another reason."""
    team = db.session.get(Team, event.team_id)
    if team is None or team.state != event.state:
        return
    words, people = _next(team, event.act)
    for user_id in people:
        yield Notice(user_id, event.about, f"{words}（{team.version}）" if event.act in {"return", "refuse", "pause", "resume"} else words,
                     NEWS if team.state in {ACTIVE, DISSOLVED} else ASK)


@on.later(events.MemberSeated)
def tell_newcomer(event: events.MemberSeated) -> Iterator[Notice]:
    yield Notice(event.user_id, event.about, f"{ROLES[event.role]}として加わりました", NEWS)


@on.later(events.MemberLeft)
def tell_no_more(event: events.MemberLeft) -> Iterator[Reconsider]:
    yield Reconsider(event.about, event.user_id)


@on.later(events.TaskAdded, events.TaskChanged)
def tie_task(event: events.TaskAdded) -> Iterator[Tied]:
    task = db.session.get(Task, event.task_id)
    if task and task.measure:
        yield Tied(event.about, task.measure)


@on.later(events.TaskAdded, events.TaskChanged)
def tell_owner(event: events.TaskAdded) -> Iterator[Notice]:
    task = db.session.get(Task, event.task_id)
    if task and event.owner_id and event.owner_id != event.by_id:
        yield Notice(event.owner_id, event.about, f"タスクを頼まれました（{task.version}）", TASK, Ref(Team.kind, event.team_id))


@on.later(events.TaskMoved)
def ask_to_check(event: events.TaskMoved) -> Iterator[Notice]:
    """The moment makes a second time another reason."""
    task, place = db.session.get(Task, event.task_id), Ref(Team.kind, event.team_id)
    if task is None or not event.state == CHECKING == task.state:
        return
    for user_id in member_ids(event.team_id, OWNER):
        if user_id != event.by_id:
            yield Notice(user_id, event.about, f"タスクの確認をお願いします（{int(task.changed_at.timestamp())}）", TASK, place)


@on.later(events.TaskReminded)
def remind_people(event: events.TaskReminded) -> Iterator[Notice]:
    task, words = db.session.get(Task, event.task_id), "タスクの期限が過ぎています" if event.late else "タスクの期限が近づいています"
    if task is None or task.due_on is None:
        return
    for user_id in event.people:
        yield Notice(user_id, event.about, f"{words}（{task.due_on.toordinal()}）", LATE, Ref(Team.kind, event.team_id))


@on.later(events.CheckinAsked)
def ask_how_it_goes(event: events.CheckinAsked) -> Iterator[Notice]:
    for user_id in event.people:
        yield Notice(user_id, event.about, f"今週のようすを一言で書いてください（{event.week}）", WORD)


@on.later(events.CheckinGiven)
def tell_in_need(event: events.CheckinGiven) -> Iterator[Notice]:
    if event.state == HELP:
        for user_id in holders_of_role("steering"):
            yield Notice(user_id, event.about, "チームが支援を求めています", WORD, Ref(Team.kind, event.team_id))


@on.later(events.DecisionNoted)
def tie_decision(event: events.DecisionNoted) -> Iterator[Tied]:
    team = db.session.get(Team, event.team_id)
    for code in team.measures.split() if team else ():
        yield Tied(event.about, code)


@on.later(events.DecisionNoted)
def tell_decision(event: events.DecisionNoted) -> Iterator[Notice]:
    for user_id in member_ids(event.team_id):
        if user_id != event.by_id:
            yield Notice(user_id, event.about, "チームの決定が載りました", NEWS, Ref(Team.kind, event.team_id))


@on.later(events.PageBegun, events.PageWritten)
def render_later(event: events.PageBegun) -> Iterator[SlowPage]:
    if event.slow:
        yield SlowPage(event.page_id)


@on.later(events.TaskDropped, events.PagePutAway)
def tell_gone(event: events.TaskDropped) -> Iterator[Reconsider]:
    yield Reconsider(event.about)


def _next(team: Team, act: str) -> tuple[str, Iterable[int]]:
    """What is said, to whom."""
    if act in TO_OWNERS and team.state != PROPOSED:
        return TO_OWNERS[act], member_ids(team.id, OWNER)
    if team.state == PROPOSED:
        return "チームの提案を直して再提出してください", [team.proposer_id]
    if team.state in TO_STEERING:
        return "チームの発足が差し戻されました" if act == "refuse" else TO_STEERING[team.state], holders_of_role("steering")
    if team.state in {ACTIVE, DISSOLVED}:
        return "チームが発足しました" if team.state == ACTIVE else "チームが解散しました", member_ids(team.id)
    return "", ()
