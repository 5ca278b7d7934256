"""Papers, teams, sittings, advice and leaders as far on their way as each act of the matrix wants them, the acts, and what is read of them."""
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from advice.commands.commissions import name_adviser
from advice.commands.pieces import ask_advice, give_advice, move_advice
from advice.forms import AskDraft, CandidateDraft, GiveDraft, Ties
from advice.forms import MoveDraft as AdviceMove
from advice.models import Advice
from governance.commands.evaluations import change_ruling, give_opinion, move_evaluation, open_evaluations, write_evaluation
from governance.commands.plan import draft_revision, move_edition
from governance.commands.reports import move_report, open_round, write_report
from governance.commands.roadmap import name_leads
from governance.commands.undertakings import move_undertaking, plan_undertaking
from governance.forms.papers import EvaluationDraft, ReportDraft, RoundDraft, UndertakingDraft
from governance.forms.roadmap import LeadsDraft
from governance.models.papers import Evaluation, Report, Undertaking
from governance.models.plan import Edition
from governance.rating import Ruling
from groupware.approvals.commands.deciding import approve_step
from groupware.approvals.queries.askings import paper_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from meetings.commands.bodies import found_body
from meetings.commands.inquiries import ask_units, bring_nothing
from meetings.commands.items import add_item
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.drafts import EntryDraft
from meetings.forms import BodyDraft, SittingDraft
from meetings.inquiry_drafts import InquiryDraft
from teams.commands.life import ask_approval, move_team, propose_team
from teams.commands.people import seat_member
from teams.commands.tasks import add_task
from teams.forms import SeatDraft
from teams.models import LEADER, Team
from tests.advice.hall import asked, said, ties
from tests.directory.town import actor, person, unit
from tests.governance.hall import draft, ids, put
from tests.governance.hall import said as plan_said
from tests.meetings.town import item_draft
from tests.teams.hall import arranged, charter, proposed
from tests.teams.test_tasks import draft as task
from training.commands.leaders import move_term, name_candidate, offer_oneself, recommend_person
from training.forms.leaders import REQUIREMENTS
from training.forms.leaders import MoveDraft as TermMove
from training.models.leaders import Term

Act = Callable[[Actor], object]


def report(people: dict[str, Actor], year: int, state: str) -> int:
    number: int = open_round(people["steering"], RoundDraft(year, 2, None))[0]
    put(Report, number, state=state, line="進めた")
    return number


def evaluation(people: dict[str, Actor], year: int, state: str) -> int:
    number: int = open_evaluations(people["steering"], year)[0]
    put(Evaluation, number, state=state, own_words="できた", second_words="そうだ")
    return number


def advice(people: dict[str, Actor], team: Ref, state: str, **more: Any) -> int:
    number = asked(people, "leader", team if more.pop("of_team", False) else None)
    put(Advice, number, state=state, given_on=clock.today(), recorder_id=people["leader"].user_id, **more)
    return number


def term(people: dict[str, Actor], state: str) -> int:
    """Of the clerk; only one is open at a time."""
    for row in db.session.query(Term).filter_by(user_id=people["clerk"].user_id):
        put(Term, row.id, state="declined")
    number: int = name_candidate(people["steering"], people["clerk"].user_id, "よく知っている")
    put(Term, number, state=state)
    return number


def sittings(people: dict[str, Actor]) -> tuple[int, int, int, int]:
    """A body of 行政管理課 with the CIO as chair: one sitting called, with an item for everybody and one for members, and an inquiry of 市民課."""
    seated = tuple((people[who].user_id, role) for who, role in (("steering", "secretary"), ("cio", "chair"), ("director", "member"),
                                                                ("adviser", "member")))
    body = found_body(people["steering"], BodyDraft("DX連絡会議", "staff", seated))
    number: int = plan_sitting(people["steering"], body, SittingDraft(clock.now() + timedelta(days=30), "大会議室"))
    inquiry: int = ask_units(people["steering"], number, InquiryDraft((unit("0310"),), clock.today() + timedelta(days=5)))
    first: int = add_item(people["steering"], number, item_draft("ひらかれた議題", level="public"))
    add_item(people["steering"], number, item_draft("委員だけの議題", level="members"))
    call_sitting(people["steering"], number)
    write_entry(people["steering"], first, EntryDraft("remark", "始めた"))
    db.end_reading()
    return body, number, inquiry, plan_sitting(people["steering"], body, SittingDraft(clock.now() + timedelta(days=60), "大会議室"))


def acts_on_papers(people: dict[str, Actor]) -> dict[str, dict[str, Act]]:
    plan = UndertakingDraft("申請書を一枚に", "一年で", (ids()["M03"],), 2026)
    paper: int = plan_undertaking(people["clerk"], unit("0310"), plan)
    put(Undertaking, paper, state="approved")
    change_ruling(people["steering"], Ruling(interim=True))
    db.end_reading()
    writing, submitted, approved = (report(people, year, state) for year, state in ((2031, "writing"), (2032, "submitted"), (2033, "approved")))
    council, reported = report(people, 2034, "council"), report(people, 2035, "reported")
    own, second, opinion, interim, confirm, editing = (
        evaluation(people, 2041 + place, state) for place, state in enumerate(("own", "second", "opinion", "interim", "confirm", "editing")))
    return {
        "年度取組・進捗入力": {
            "起票（年度取組）": lambda who: plan_undertaking(who, unit("0310"), plan),
            "起票（報告を書く）": lambda who: write_report(who, writing, ReportDraft("", "様子")),
            "報告を出す": lambda who: move_report(who, writing, "submit"), "承認": lambda who: move_report(who, submitted, "approve"),
            "課長の差戻し": lambda who: move_report(who, submitted, "return", "わけ"),
            "助言・所見": lambda who: give_opinion(who, Ref(Report.kind, council), "よいと思う"),
            "受理": lambda who: move_undertaking(who, paper, "receive"), "差戻し": lambda who: move_report(who, approved, "return", "わけ"),
            "連絡会議に出す": lambda who: move_report(who, approved, "forward"), "報告を受ける": lambda who: move_report(who, council, "hear"),
            "凍結": lambda who: move_report(who, reported, "freeze")},
        "評価": {
            "自己": lambda who: write_evaluation(who, own, EvaluationDraft("A", "できた")), "承認": lambda who: move_evaluation(who, own, "approve"),
            "二次": lambda who: write_evaluation(who, second, EvaluationDraft("A", "そうだ")),
            "所見を求める": lambda who: move_evaluation(who, second, "gather"),
            "所見": lambda who: give_opinion(who, Ref(Evaluation.kind, opinion), "よい"),
            "中間確認": lambda who: move_evaluation(who, interim, "interim"), "確認": lambda who: move_evaluation(who, confirm, "confirm"),
            "公表": lambda who: move_evaluation(who, editing, "publish")}}


def acts_on_the_plan(people: dict[str, Actor]) -> dict[str, Act]:
    content = plan_said()
    content["measures"].pop()
    wanted, numbers = draft(content, "見直し"), []
    for state in ("drafted", "checked"):
        numbers.append(draft_revision(SYSTEM, wanted))
        put(Edition, numbers[-1], state=state)
    return {"編集（改訂案）": lambda who: draft_revision(who, wanted), "影響確認": lambda who: move_edition(who, numbers[0], "check", "確かめた"),
            "決裁": lambda who: move_edition(who, numbers[1], "decide", from_day=clock.today()),
            "尺度・期限": lambda who: change_ruling(who, Ruling(within=20)),
            "担当課": lambda who: name_leads(who, "M05", LeadsDraft((unit("0320"),)))}


def acts_on_teams(people: dict[str, Actor], team: Ref) -> dict[str, Act]:
    fresh, ready, over = proposed(people), arranged(people), arranged(people)
    for number, state in ((ready, "arranging"), (over, "reported")):
        put(Team, number, state=state)
    asking = arranged(people)
    ask_approval(people["steering"], asking, "cio")
    db.end_reading()
    asked_for = approval_desk().standing(Ref(Team.kind, asking))
    assert asked_for
    due = paper_for(SYSTEM, asked_for.ref.id).due
    assert due
    return {"提案": lambda who: propose_team(who, charter("別のチーム")), "提案承認": lambda who: move_team(who, fresh, "endorse"),
            "調整（割当）": lambda who: seat_member(who, ready, SeatDraft(people["leader"].user_id, LEADER, date(2030, 3, 31))),
            "承認をあおぐ": lambda who: ask_approval(who, ready, "cio"), "承認": lambda who: approve_step(who, asked_for.ref.id, due.id),
            "参加（タスク）": lambda who: add_task(who, team.id, task()), "解散": lambda who: move_team(who, over, "dissolve")}


def acts_on_sittings(people: dict[str, Actor], called: tuple[int, int, int, int]) -> dict[str, Act]:
    body, number, inquiry, _ = called
    later = SittingDraft(clock.now() + timedelta(days=90), "大会議室")
    return {"主催（計画）": lambda who: plan_sitting(who, body, later), "主催（議題）": lambda who: add_item(who, number, item_draft("足す議題")),
            "照会": lambda who: ask_units(who, number, InquiryDraft((unit("0320"),), clock.today() + timedelta(days=5))),
            "提出（課の答え）": lambda who: bring_nothing(who, (inquiry, unit("0310"))),
            "議事録の確認を求める": lambda who: move_minutes(who, number, "ask")}


def acts_on_advice(people: dict[str, Actor], team: Ref) -> dict[str, Act]:
    given, answered = advice(people, team, "given"), advice(people, team, "answered", decision="adopted")
    proxy: int = give_advice(people["steering"], GiveDraft(said(), ties(team, "0310", "M03"), people["adviser"].user_id))
    outsider = actor(person("七海 凪", at="9000", post="", kind="外部", roles=("adviser",)))
    db.end_reading()
    return {"依頼": lambda who: ask_advice(who, AskDraft(people["leader" if who != people["leader"] else "adviser"].user_id, "題", "聞く", ties())),
            "対応（案）": lambda who: move_advice(who, given, AdviceMove("answer", "わけ", "adopted")),
            "対応承認": lambda who: move_advice(who, answered, AdviceMove("adopt", "わけ")),
            "起票": lambda who: own_words(who, ties(None if who.has("leader") else team)),
            "代理記録": lambda who: give_advice(who, GiveDraft(said(), ties(), outsider.user_id)),
            "督促": lambda who: move_advice(who, given, AdviceMove("urge")),
            "本人確認": lambda who: move_advice(who, proxy, AdviceMove("confirm")),
            "アドバイザーの候補": lambda who: name_adviser(who, CandidateDraft("白鳥 由紀", "", "窓口"))}


def own_words(who: Actor, about: Ties) -> None:
    """Whoever gives no advice is asked whose it is."""
    try:
        give_advice(who, GiveDraft(said(), about))
    except Invalid as asks:
        raise Forbidden from asks


def acts_on_leaders(people: dict[str, Actor]) -> dict[str, Act]:
    clerk = people["clerk"].user_id

    def at(state: str, act: str) -> Act:
        def led_on(who: Actor) -> None:
            number: int = name_candidate(people["steering"], clerk, "よく知っている")
            db.session.get_one(Term, number).state = state
            move_term(who, number, TermMove(act, "わけ", tuple(REQUIREMENTS), order_number="行管第1号"))
        return led_on
    return {"本人申出": lambda who: offer_oneself(who, who.user_id, "学びたい"), "推薦": lambda who: recommend_person(who, clerk, "よく知っている"),
            "許可": at("offered", "permit"), "指名": lambda who: name_candidate(who, clerk, "よく知っている"), "選定": at("checked", "select"),
            "発令": at("ready", "appoint")}


def pages(people: dict[str, Actor], team: Ref, called: tuple[int, int, int, int]) -> dict[str, dict[str, str]]:
    """What is read: a page, or (``#``) words on one."""
    other: int = propose_team(people["stranger"], charter("税務のチーム", unit_id=unit("0320"), partners=()))
    put(Team, other, state="active")
    writing, council, frozen = (report(people, 2050 + place, state) for place, state in enumerate(("writing", "council", "reported")))
    move_report(people["steering"], frozen, "freeze")
    own, opinion, published = (evaluation(people, 2060 + place, state) for place, state in enumerate(("second", "opinion", "editing")))
    move_evaluation(people["steering"], published, "publish")
    used, before = advice(people, team, "adopted", decision="adopted"), advice(people, team, "given")
    sitting = f"/meetings/{called[1]}"
    return {
        "年度取組・進捗入力": {"閲覧（進めている間）": f"/governance/reports/{writing}", "閲覧（連絡会議のあと）": f"/governance/reports/{council}",
                              "確定版閲覧": f"/governance/reports/{frozen}"},
        "評価": {"閲覧（進めている間）": f"/governance/evaluations/{own}", "閲覧（所見のとき）": f"/governance/evaluations/{opinion}",
                 "公表版": f"/governance/evaluations/{published}"},
        "チーム発足/解散": {"一覧閲覧": f"/teams#{'書かない窓口'}", "ほかのチーム": f"/teams/{other}"},
        "連絡会議 議題/議事録": {"候補を集める": "/teams/council", "次第": sitting, "公開議題": f"{sitting}#ひらかれた議題",
                                 "委員限りの議題": f"{sitting}#委員だけの議題"},
        "助言・提言": {"採用事例": f"/advice/{used}", "採用前": f"/advice/{before}"}, "計画改訂・尺度・期限設定": {"閲覧": "/governance/plan"},
        "リーダー推薦/任命": {"名簿閲覧": "/training/leaders"}}
