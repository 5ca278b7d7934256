"""Units are asked what they bring to a sitting; what they offer comes onto the agenda in one act; nobody else learns of it."""
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.models import BY_PASSWORD
from groupware.files.queries import file_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, Invalid, NotFound, TooMany
from meetings import inquiry_reactions
from meetings.chasing import chase_units_that_are_late
from meetings.commands.awaiting import await_no_more, await_paper
from meetings.commands.inquiries import ask_units, bring_nothing, offer_item, remind_units, take_offers, withdraw_offer
from meetings.commands.papers import hang_papers
from meetings.commands.sittings import cancel_sitting
from meetings.forms import PapersDraft
from meetings.inquiry_cards import inquiry_cards, offer_cards
from meetings.inquiry_drafts import AwaitedDraft, InquiryDraft, OfferDraft
from meetings.inquiry_events import UnitsAsked, UnitsReminded
from meetings.inquiry_widgets import items_to_bring, papers_to_bring
from meetings.queries.inquiries import ask_for, awaited_of, sections_below
from tests.conftest import InProcess
from tests.directory.town import actor, person, unit
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, rows, sitting, titles, upload

DUE = (TUESDAY + timedelta(days=1)).date()


def everybody() -> dict[str, Actor]:
    """The hall, with who heads the 課, the 部 and a 係 of those asked."""
    people = hall()
    more = {"head": ("長谷 一人", "0320", "課長"), "director": ("上野 一人", "0300", "部長"), "chief": ("中川 一人", "0321", "係長"),
            "clerk": ("下村 一人", "0321", "主事"), "other": ("他田 一人", "0310", "課長")}
    return people | {key: actor(person(name, at=at, post=post)) for key, (name, at, post) in more.items()}


def asked(people: dict[str, Actor], *codes: str, level: str = "staff") -> tuple[int, int]:
    """The sitting, in preparation, and its inquiry."""
    sitting_id = sitting(people, body(people, level))
    inquiry_id: int = ask_units(people["secretary"], sitting_id, InquiryDraft(tuple(unit(code) for code in codes), DUE, DUE, "紙一枚で"))
    db.end_reading()
    return sitting_id, inquiry_id


def offer(who: Actor, inquiry_id: int, title: str = "新しい窓口", *files: str, **more: str) -> int:
    form = MultiDict([("title", title), ("kind", "discuss"), ("minutes", "15"), *more.items(), *(("files", each) for each in files)])
    made: int = offer_item(who, (inquiry_id, unit("0320")), OfferDraft.parse(form))
    db.end_reading()
    return made


def can(deed: Any, *arguments: Any) -> bool:
    db.end_reading()
    try:
        deed(*arguments)
    except (Forbidden, NotFound):
        return False
    return True


@pytest.mark.usefixtures("house")
def test_a_department_is_asked_section_by_section_and_a_subsection_only_by_its_own_name() -> None:
    hall()
    assert [node.name for node in sections_below([unit("0300")])] == ["市民課", "税務課"]
    assert [node.name for node in sections_below([unit("0000")])] == ["市民課", "税務課"]
    assert [node.name for node in sections_below([unit("0311")])] == ["窓口係"]
    assert [node.name for node in sections_below([unit("0320"), unit("0311")])] == ["窓口係", "税務課"]


@pytest.mark.usefixtures("each_house")
def test_what_a_unit_offers_comes_onto_the_agenda_in_one_act_with_its_papers_and_the_place_of_those_to_come(house: InProcess) -> None:
    with clock.at(TUESDAY):
        people = everybody()
        sitting_id, inquiry_id = asked(people, "0300")
        with house.app.test_request_context():
            assert [(todo.title, todo.act) for todo in items_to_bring(people["head"])] == [("第1回 DX連絡会議 に出す議題", "答える")]
        file_id = upload(people["head"], "資料2.pdf")[0]
        first = offer(people["head"], inquiry_id, "新しい窓口", file_id, presenter_id=str(people["clerk"].user_id))
        second = offer(people["chief"], inquiry_id, "税の証明", later="1", level="members")
        bring_nothing(people["other"], (inquiry_id, unit("0310")))
        db.end_reading()
        assert {each.name: each.reply for each in ask_for(people["secretary"], inquiry_id).units} == {"市民課": "nothing", "税務課": "items"}
        assert titles(rows(people["secretary"], sitting_id)) == []
        take_offers(people["secretary"], inquiry_id, (first, second))
        take_offers(people["secretary"], inquiry_id, (first, second))          # once more does no harm
        found = rows(people["secretary"], sitting_id)
        assert [(row.line.item.title, row.line.item.minutes, row.line.item.level, [label for label, _, _ in row.papers]) for row in found] == [
            ("新しい窓口", 15, "staff", ["資料1"]), ("税の証明", 15, "members", [])]
        [(_, _, hung)] = found[0].papers
        assert hung and hung.id == file_id
        gaps = awaited_of(sitting_id)
        assert [(gap.title, gap.who, gap.due_on) for each in gaps.values() for gap in each] == [("資料", "税務課", DUE)]
        with house.app.test_request_context():
            assert not list(items_to_bring(people["head"]))
        with pytest.raises(Forbidden):
            withdraw_offer(people["head"], first)


@pytest.mark.usefixtures("house")
def test_who_heads_the_unit_above_or_below_answers_for_it_and_nobody_else_learns_of_it(house: InProcess) -> None:
    with clock.at(TUESDAY):
        people = everybody()
        sitting_id, inquiry_id = asked(people, "0320", level="secret")
        made = offer(people["head"], inquiry_id, "秘密の議題", upload(people["head"], "秘密.pdf")[0])
        answers, sees = {"head", "director", "chief"}, {"head", "director", "chief", "secretary"}
        file_id = upload(people["head"], "二つ目.pdf")[0]
        offer(people["head"], inquiry_id, "二つ目", file_id)
        for name, who in people.items():
            db.end_reading()
            with house.app.test_request_context():
                assert bool(inquiry_cards(who, [inquiry_id])) == (name in sees), name
                assert bool(offer_cards(who, [made])) == (name in sees), name
                assert can(file_for, who, file_id) == (name in sees), name
            assert can(offer, who, inquiry_id) == (name in answers), name
            assert can(remind_or_say_nobody, who, inquiry_id) == (name == "secretary"), name
            assert can(ask_units, who, sitting_id, InquiryDraft((), DUE)) == (name == "secretary"), name
        assert not can(take_offers, people["head"], inquiry_id, (made,))


def remind_or_say_nobody(who: Actor, inquiry_id: int) -> None:
    try:
        remind_units(who, inquiry_id)
    except TooMany:
        return


@pytest.mark.usefixtures("house")
def test_those_who_have_not_answered_are_told_once_a_day_in_working_time_and_those_who_have_never() -> None:
    people = everybody()
    with clock.at(TUESDAY):
        _, inquiry_id = asked(people, "0300")
        bring_nothing(people["other"], (inquiry_id, unit("0310")))
        told = heads(inquiry_reactions.tell_units(UnitsAsked(inquiry_id, 1, (unit("0310"), unit("0320")))))
        assert set(told) >= {people["head"].user_id, people["other"].user_id}
        assert people["clerk"].user_id not in told
        chase_units_that_are_late()
        chase_units_that_are_late()
        db.end_reading()
        units = {each.name: each.reminded_on for each in ask_for(people["secretary"], inquiry_id).units}
        assert units == {"市民課": None, "税務課": TUESDAY.date()}
        with pytest.raises(TooMany):
            remind_units(people["secretary"], inquiry_id)
    with clock.at(TUESDAY + timedelta(days=1)):
        assert remind_units(people["secretary"], inquiry_id) == 1
    assert heads(inquiry_reactions.remind(UnitsReminded(inquiry_id, 1, (unit("0320"),)))) == [people["head"].user_id]


def heads(told: Any) -> list[int]:
    return [notice.user_id for notice in told]


@pytest.mark.usefixtures("house")
def test_an_answer_changes_until_it_begins_and_a_withdrawn_offer_is_no_answer() -> None:
    people = everybody()
    with clock.at(TUESDAY):
        sitting_id, inquiry_id = asked(people, "0320")
        made = offer(people["head"], inquiry_id, "取り下げる議題", upload(people["head"], "紙.pdf")[0])
        with pytest.raises(Invalid):
            bring_nothing(people["head"], (inquiry_id, unit("0320")))
        withdraw_offer(people["head"], made)
        db.end_reading()
        assert ask_for(people["head"], inquiry_id).units[0].reply is None
        bring_nothing(people["head"], (inquiry_id, unit("0320")))
        offer(people["head"], inquiry_id)
        assert ask_units(people["secretary"], sitting_id, InquiryDraft((unit("0300"),), DUE)) == inquiry_id      # who has answered is not asked again
        db.end_reading()
        assert {each.name: each.reply for each in ask_for(people["secretary"], inquiry_id).units} == {"税務課": "items", "市民課": None}
    with clock.at(BEGINS), pytest.raises(Forbidden):
        offer(people["head"], inquiry_id)
    with clock.at(TUESDAY):
        cancel_sitting(people["secretary"], sitting_id, "大雪のため")
        db.end_reading()
        with pytest.raises(Forbidden):
            offer(people["head"], inquiry_id)


@pytest.mark.usefixtures("house")
def test_the_place_of_a_paper_stands_in_the_agenda_and_on_the_home_of_who_presents_until_it_is_there(house: InProcess) -> None:
    with clock.at(TUESDAY):
        people = hall()
        sitting_id = sitting(people, body(people))
        item_id = item(people["secretary"], sitting_id, presenter_id=people["guest"].user_id)
        called(people, sitting_id)
        assert not can(await_paper, people["guest"], item_id, AwaitedDraft("見積り"))
        gap, other = (await_paper(people["secretary"], item_id, AwaitedDraft(title, "市民課", DUE)) for title in ("見積り", "図面"))
        db.end_reading()
        with house.app.test_request_context():
            assert [todo.title for todo in papers_to_bring(people["guest"])] == ["議題：見積り", "議題：図面"]
            assert not list(papers_to_bring(people["member"]))
        file_id = upload(people["guest"], "見積り.pdf")[0]
        hang_papers(people["guest"], item_id, PapersDraft(((file_id, "見積り"),), instead_of=gap))
        db.end_reading()
        assert [each.title for each in awaited_of(sitting_id)[item_id]] == ["図面"]
        assert not can(await_no_more, people["guest"], other)
        await_no_more(people["secretary"], other)
        db.end_reading()
        assert not awaited_of(sitting_id)


def test_an_inquiry_says_until_when_and_asks_somebody() -> None:
    with pytest.raises(Invalid):
        InquiryDraft.parse(MultiDict({"units": "1"}))
    with pytest.raises(Invalid):
        OfferDraft.parse(MultiDict({"title": "議題", "kind": "report", "files": "../x"}))
    assert OfferDraft.parse(MultiDict({"title": "議題", "kind": "report"})).files == ()


@pytest.mark.usefixtures("house")
def test_the_pages_show_at_a_glance_who_has_answered_and_take_the_answers(house: InProcess) -> None:
    with clock.at(TUESDAY):
        people = everybody()
        sitting_id, inquiry_id = asked(people, "0300")
        secretary, head = (signed_in(house, people[name]) for name in ("secretary", "head"))
        page, form = f"/meetings/inquiries/{inquiry_id}", f"/meetings/inquiries/{inquiry_id}/units/{unit('0320')}"
        assert "2所属のうち0所属" in secretary.get(page).text
        assert secretary.get(f"/meetings/{sitting_id}/inquiry/new").status_code == 200
        assert "税務課" in head.get(form).text
        offered = {"title": "新しい窓口", "kind": "discuss", "minutes": "15", "later": "1", "presenter_id": str(people["head"].user_id)}
        assert head.post(f"{form}/offers", data=offered).status_code == 303
        assert "新しい窓口" in head.get(form).text
        shown = secretary.get(page).text
        assert "2所属のうち1所属" in shown
        assert "議題あり" in shown
        offer_id = shown.partition('name="offers" value="')[2].partition('"')[0]
        assert secretary.post(f"{page}/items", data={"offers": offer_id}).status_code == 303
        agenda = secretary.get(f"/meetings/{sitting_id}").text
        assert "資料未着" in agenda
        assert "新しい窓口" in agenda
        item_id = agenda.partition('<li id="i')[2].partition('"')[0]
        assert secretary.get(f"/meetings/items/{item_id}/awaited/new").status_code == 200
        assert signed_in(house, people["clerk"]).get(page).status_code == 404
        assert "新しい窓口" not in signed_in(house, people["other"]).get(page).text


def signed_in(house: InProcess, who: Actor) -> FlaskClient:
    client = house.client()
    with house.app.test_request_context():
        token = sign_in(who, Entry(Arrival("127.0.0.1", "127.0.0.1", "試し", "s"), BY_PASSWORD))
    with client.session_transaction() as kept:
        kept["_user_id"] = token
    return client
