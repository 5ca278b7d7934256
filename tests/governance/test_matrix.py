"""The matrix of facts 2.5, role by act, against a table written apart from the code; and an adviser sees not a byte more.

Each act is tried as a whole command that is then taken back, so that every role meets the same scene.
"""
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from difflib import unified_diff

import pytest
from flask.testing import FlaskClient

from advice.commands.commissions import name_adviser
from advice.commands.pieces import ask_advice, move_advice
from advice.forms import AskDraft, CandidateDraft, Ties
from advice.forms import MoveDraft as AdviceMove
from chat.commands.messages import post_message
from chat.commands.rooms import create_room
from chat.forms import RoomDraft
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.jobs import drain
from groupware.kernel.ref import Ref
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import BodyDraft, SittingDraft
from teams.commands.life import propose_team
from teams.commands.tasks import add_task
from teams.models import Team
from telework.commands.days import say_place
from telework.forms import PlaceDraft as WhereDraft
from tests.admin.test_admin import signed_in
from tests.advice.hall import people_and_team
from tests.chat.town import draft as say_draft
from tests.conftest import InProcess, build_house
from tests.directory.town import actor, person, unit
from tests.governance.hall import put
from tests.governance.scene import (
    Act,
    acts_on_advice,
    acts_on_leaders,
    acts_on_papers,
    acts_on_sittings,
    acts_on_teams,
    acts_on_the_plan,
    pages,
    sittings,
)
from tests.meetings.town import item_draft
from tests.teams.hall import charter
from tests.teams.test_tasks import draft as task

# The columns of the facts. ``stranger`` stands for 全職員: of another 課, without a part. ``leader`` serves in that other 課 too.
ROLES = ("clerk", "head", "leader", "steering", "director", "cio", "adviser", "mayor", "stranger")
STAFF = set(ROLES) - {"adviser"}
SECTION = {"clerk", "head"}
OVERSEE = {"steering", "director", "cio", "mayor"}
WORK = SECTION | OVERSEE | {"leader"}
# Row by row: an act and who may. Written from the facts. Who stands above a 課 may answer for it: here the CIO and the mayor do.
MATRIX: dict[str, dict[str, set[str]]] = {
    "年度取組・進捗入力": {
        "起票（年度取組）": SECTION, "起票（報告を書く）": SECTION, "報告を出す": SECTION, "承認": {"head"}, "課長の差戻し": {"head"},
        "助言・所見": {"leader", "adviser"}, "受理": {"steering"}, "差戻し": {"steering"}, "連絡会議に出す": {"steering"}, "報告を受ける": {"cio"},
        "凍結": {"steering"}, "閲覧（進めている間）": WORK, "閲覧（連絡会議のあと）": WORK | {"adviser"}, "確定版閲覧": STAFF | {"adviser"}},
    "評価": {
        "自己": SECTION, "承認": {"head"}, "二次": {"steering"}, "所見を求める": {"steering"}, "所見": {"adviser"}, "中間確認": {"director"},
        "確認": {"cio"}, "公表": {"steering"}, "閲覧（進めている間）": SECTION | OVERSEE, "閲覧（所見のとき）": SECTION | OVERSEE | {"adviser"},
        "公表版": STAFF | {"adviser"}},
    "チーム発足/解散": {
        "提案": STAFF, "提案承認": {"head"}, "調整（割当）": {"steering"}, "承認をあおぐ": {"steering"}, "承認": {"cio"}, "参加（タスク）":
        {"clerk", "leader", "adviser", "steering"}, "解散": {"steering"}, "一覧閲覧": STAFF | {"adviser"}, "ほかのチーム": STAFF},
    "連絡会議 議題/議事録": {
        "候補を集める": {"steering"}, "主催（計画）": {"steering"}, "主催（議題）": {"steering"}, "照会": {"steering"},
        "提出（課の答え）": {"head", "cio", "mayor"},
        "議事録の確認を求める": {"steering"}, "次第": STAFF | {"adviser"}, "公開議題": STAFF | {"adviser"},
        "委員限りの議題": {"steering", "cio", "director", "adviser"}},
    "助言・提言": {
        "依頼": STAFF, "対応（案）": SECTION, "対応承認": {"head"}, "起票": {"leader", "adviser"}, "代理記録": {"steering"}, "督促": {"steering"},
        "本人確認": {"adviser"}, "採用事例": STAFF, "採用前": SECTION | {"leader", "steering"}, "アドバイザーの候補": {"steering"}},
    "計画改訂・尺度・期限設定": {
        "編集（改訂案）": {"steering"}, "影響確認": {"steering"}, "決裁": {"cio", "mayor"}, "尺度・期限": {"steering"}, "担当課": {"steering"},
        "閲覧": STAFF | {"adviser"}},
    "リーダー推薦/任命": {
        "本人申出": STAFF, "推薦": {"head"}, "許可": {"head"}, "指名": {"steering"}, "選定": {"steering"}, "発令": {"steering"},
        "名簿閲覧": STAFF}}


class Undone(Exception):
    """Everything that the trial did is taken back."""


def may(act: Act, actor: Actor) -> bool:
    """Whoever is allowed, does it whole; a Conflict or an Invalid is a mistake of the scene and comes out."""
    def trial() -> None:
        act(actor)
        raise Undone
    with suppress(Forbidden, NotFound):
        try:
            db.write(trial)
        except Undone:
            return True
    return False


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, Actor], Ref]]:
    for made in build_house(tmp_path_factory.mktemp("hall")):
        people, team = people_and_team()
        yield made, people | {"director": actor(person("石動 文", at="0321", post="主幹", roles=("director",)))}, team


def test_every_role_does_and_reads_what_the_matrix_says_and_nothing_else(hall: tuple[InProcess, dict[str, Actor], Ref]) -> None:
    house, people, team = hall
    called = sittings(people)
    acts = {**acts_on_papers(people), "チーム発足/解散": acts_on_teams(people, team), "連絡会議 議題/議事録": acts_on_sittings(people, called),
            "助言・提言": acts_on_advice(people, team), "計画改訂・尺度・期限設定": acts_on_the_plan(people),
            "リーダー推薦/任命": acts_on_leaders(people)}
    reads = pages(people, team, called)
    assert {row: {*acts.get(row, ()), *reads.get(row, ())} for row in MATRIX} == {row: {*cells} for row, cells in MATRIX.items()}
    clients = {who: signed_in(house, people[who]) for who in ROLES}
    found = {row: {name: {who for who in ROLES if may(act, people[who])} for name, act in acts.get(row, {}).items()}
             | {name: {who for who in ROLES if shows(clients[who], path)} for name, path in reads.get(row, {}).items()} for row in MATRIX}
    strays = [f"{row}／{name}: {who} {'may' if who in found[row][name] else 'may not'}" for row, cells in MATRIX.items()
              for name, said in cells.items() for who in sorted(found[row][name] ^ said)]
    assert "\n".join(strays) == ""


def shows(client: FlaskClient, path: str) -> bool:
    path, _, words = path.partition("#")
    answer = client.get(path)
    return answer.status_code == 200 and words in answer.text


SECRET = "極秘の税務予算"
SHUT = ("/directory", "/telework", "/telework/applications/new", "/advice/commissions", "/teams/council",
        "/training/leaders", "/training/heat", "/directory/units.json")
OPEN = ("/", "/teams", "/advice?show=all", "/advice/years", "/advice/sheet.csv?show=all", "/governance", "/governance/plan", "/governance/roadmap",
        "/governance/survey",
        "/governance/measures/M03", "/governance/reports", "/governance/undertakings", "/coordination", "/meetings", "/boards", "/chat",
        f"/search?q={SECRET}", "/search?q=税務のチーム", "/search?q=倉持", "/directory/people.json?q=倉持")


def test_an_adviser_sees_own_teams_and_not_a_byte_of_what_others_do(hall: tuple[InProcess, dict[str, Actor], Ref]) -> None:
    """Whatever another section does, in a team, in a room, on a board, about its safety: every page of the adviser stays the same."""
    house, people, team = hall
    with clock.at(clock.now()):
        work_off()
        adviser = signed_in(house, people["adviser"])
        assert {path: adviser.get(path).status_code for path in SHUT if adviser.get(path).status_code not in {403, 404}} == {}
        assert adviser.get(f"/directory/people/{people['stranger'].user_id}").status_code in {403, 404}
        before = {path: seen(adviser, path) for path in OPEN}
        assert [path for path, page in before.items() if not page] == []
        busy(people)
        work_off()
        assert [told for path in OPEN for told in unified_diff(before[path].splitlines(), seen(adviser, path).splitlines(), path, n=0)] == []
        add_task(people["clerk"], team.id, task("アドバイザーにも見えるタスク"))
        db.end_reading()
        assert "アドバイザーにも見えるタスク" in adviser.get(f"/teams/{team.id}/tasks").text


def work_off() -> None:
    while drain():
        db.end_reading()
    db.end_reading()


def seen(client: FlaskClient, path: str) -> str:
    """Without what every answer has of its own."""
    answer = client.get(path, headers={"Accept": "text/html"})
    return re.sub(r"[0-9a-f]{16,}", "", answer.text) if answer.status_code == 200 else ""


def busy(people: dict[str, Actor]) -> None:
    """税務課: a team with a task, advice, a room, a sitting, a place for the day, a candidate for an adviser."""
    who = people["stranger"]
    other: int = propose_team(who, charter(SECRET, unit_id=unit("0320"), partners=()))
    put(Team, other, state="active")
    add_task(who, other, task(SECRET))
    number: int = ask_advice(who, AskDraft(people["leader"].user_id, SECRET, SECRET, Ties(unit("0320"), None, ("M03",))))
    move_advice(people["leader"], number, AdviceMove("accept"))
    room = create_room(who, RoomDraft.parse({"name": SECRET, "kind": "closed", "people": [people["leader"].user_id], "units": []}))
    post_message(who, room, say_draft(SECRET))
    body = found_body(who, BodyDraft(SECRET, "staff", ((who.user_id, "secretary"), (people["leader"].user_id, "chair"))))
    sitting: int = plan_sitting(who, body, SittingDraft(clock.now() + timedelta(days=3), SECRET))
    add_item(who, sitting, item_draft(SECRET, level="staff"))
    call_sitting(who, sitting)
    say_place(who, WhereDraft.parse({"first": clock.today().isoformat(), "span": "day", "place": "home", "reach": "chat"}))
    name_adviser(people["steering"], CandidateDraft(SECRET, SECRET, SECRET))
    db.end_reading()
