"""Units by date: the tree as it is, was and will be."""
from datetime import date, timedelta
from typing import Any

import pytest

from groupware.directory.commands.lists import add_word, change_word
from groupware.directory.commands.places import end_assignment
from groupware.directory.commands.units import change_unit, close_unit, create_unit, reopen_unit
from groupware.directory.forms import PostDraft, StaffKindDraft, UnitDraft, UnitKindDraft
from groupware.directory.queries import UnitNode, all_units, city_name, unit_for, unit_tree
from groupware.directory.queries.lists import all_posts, staff_kinds, unit_kinds
from groupware.directory.queries.units import unit_history
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.directory.town import actor, adviser, audited, move, person, statements_of, unit

LAST_DAY, FIRST_DAY = date(2026, 3, 31), date(2026, 4, 1)


def names(on: date | None = None) -> dict[str, str]:
    return {node.code: node.name for node in all_units(on)}


def outline(nodes: list[UnitNode]) -> list[Any]:
    return [(node.name, outline(node.children)) if node.children else node.name for node in nodes]


def test_the_tree_stands_in_its_order_at_any_depth(each_town: Any) -> None:
    create_unit(SYSTEM, UnitDraft("0315", "証明班", "班", "0311"))
    create_unit(SYSTEM, UnitDraft("0301", "ひとつめの課", "課", "0300", position=-1))
    assert outline(unit_tree()) == [
        ("かりの市", [("市民環境部", ["ひとつめの課", ("市民課", [("窓口係", ["証明班"]), "戸籍係"]), ("税務課", ["市民税係"])])]), "外部人材"]
    assert [node.depth for node in all_units()][:6] == [0, 1, 2, 2, 3, 4]
    assert city_name() == "かりの市"


def test_a_label_climbs_through_every_unit_that_is_named_behind_another(each_town: Any) -> None:
    create_unit(SYSTEM, UnitDraft("0315", "証明班", "班", "0311"))
    assert actor(person(at="0315", post="主任")).label == "市民課 窓口係 証明班・主任"


def test_a_unit_is_called_and_stands_as_on_the_day_asked_for(each_town: Any) -> None:
    change_unit(SYSTEM, unit("0311"), UnitDraft("0311", "総合窓口係", "係", "0320", starts_on=FIRST_DAY))
    assert (names(LAST_DAY)["0311"], names(FIRST_DAY)["0311"]) == ("窓口係", "総合窓口係")
    assert unit_for(SYSTEM, unit("0311"), LAST_DAY).parent_id == unit("0310")
    assert unit_for(SYSTEM, unit("0311"), FIRST_DAY).parent_id == unit("0320")
    assert [version.ends_on for version in unit_history(unit("0311"))] == [LAST_DAY, None]
    assert ["name", "窓口係", "総合窓口係"] in audited("directory.UnitChanged")[0]["changes"]


def test_a_change_of_the_same_day_corrects_and_a_booked_one_stays(town: Any) -> None:
    change_unit(SYSTEM, unit("0311"), UnitDraft("0311", "総合窓口係", "係", "0310", starts_on=FIRST_DAY))
    change_unit(SYSTEM, unit("0311"), UnitDraft("0311", "おくやみ窓口係", "係", "0310", starts_on=FIRST_DAY - timedelta(days=90)))
    change_unit(SYSTEM, unit("0311"), UnitDraft("0311", "総合案内係", "係", "0310", starts_on=FIRST_DAY))
    told = [(version.name, version.ends_on) for version in unit_history(unit("0311"))]
    assert told == [("窓口係", date(2025, 12, 31)), ("おくやみ窓口係", LAST_DAY), ("総合案内係", None)]


def test_a_unit_closes_on_its_last_day_and_may_be_opened_again(town: Any) -> None:
    close_unit(SYSTEM, unit("0312"), LAST_DAY)
    assert "0312" in names(LAST_DAY)
    assert "0312" not in names(FIRST_DAY)
    with pytest.raises(NotFound):
        unit_for(SYSTEM, unit("0312"), FIRST_DAY)
    with pytest.raises(Invalid, match="まで"):
        person(at="0312")
    reopen_unit(SYSTEM, unit("0312"))
    assert "0312" in names(FIRST_DAY)


def test_a_unit_does_not_close_over_people_or_units(town: Any) -> None:
    user_id = person(at="0321")
    for code in ("0321", "0320", "0300"):
        with pytest.raises(Conflict, match="先に移してください"):
            close_unit(SYSTEM, unit(code), LAST_DAY)
    move(user_id, "0311", FIRST_DAY)
    close_unit(SYSTEM, unit("0321"), LAST_DAY)


def test_somebody_booked_for_later_keeps_the_unit_open(town: Any) -> None:
    beside = move(person(), "0312", FIRST_DAY + timedelta(days=400), nature="兼務")
    with pytest.raises(Conflict):
        close_unit(SYSTEM, unit("0312"), LAST_DAY)
    end_assignment(SYSTEM, 1, beside, FIRST_DAY + timedelta(days=500))
    close_unit(SYSTEM, unit("0312"), FIRST_DAY + timedelta(days=500))


@pytest.mark.parametrize("below", ["0310", "0311"])
def test_no_unit_stands_below_itself(town: Any, below: str) -> None:
    with pytest.raises(Invalid, match="自分の下"):
        change_unit(SYSTEM, unit("0310"), UnitDraft("0310", "市民課", "課", below))
    assert names()["0310"] == "市民課"


def test_nor_on_a_later_day_by_what_is_booked(town: Any) -> None:
    change_unit(SYSTEM, unit("0320"), UnitDraft("0320", "税務課", "課", "0310", starts_on=clock.today() + timedelta(days=30)))
    with pytest.raises(Invalid, match="自分の下"):
        change_unit(SYSTEM, unit("0310"), UnitDraft("0310", "市民課", "課", "0320"))
    assert unit_for(SYSTEM, unit("0310")).parent_id == unit("0300")


def test_a_code_is_given_once_for_ever(town: Any) -> None:
    close_unit(SYSTEM, unit("0312"), LAST_DAY)
    with pytest.raises(Conflict, match="0312"):
        create_unit(SYSTEM, UnitDraft("0312", "別の係", "係", "0310"))


@pytest.mark.parametrize(("new", "sentence"), [
    (UnitDraft("0400", "福祉部", "部", "7777"), "7777"), (UnitDraft("0400", "福祉部", "局部", "0000"), "局部")])
def test_what_is_not_known_is_refused_with_a_sentence(town: Any, new: UnitDraft, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        create_unit(SYSTEM, new)
    assert "0400" not in names()


@pytest.mark.parametrize("data", [{"code": "", "name": "課"}, {"code": "全角課", "name": "課"}, {"code": "1", "name": ""},
                                  {"code": "1", "name": "長" * 61}, {"code": "1", "name": "課", "position": "上"},
                                  {"code": "1", "name": "課", "starts_on": "2026-13-01"}])
def test_a_draft_says_what_to_mend(data: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        UnitDraft.parse(data)
    assert refused.value.fields


@pytest.mark.parametrize("written", ["2026-04-01", "2026/4/1", "２０２６／４／１", "20260401", "令和8年4月1日（水）", "R8.4.1", "令和８年４月１日"])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    assert UnitDraft.parse({"code": "1", "name": "課", "starts_on": written}).starts_on == FIRST_DAY


def test_only_keepers_change_units_and_outsiders_see_none(town: Any) -> None:
    with pytest.raises(Forbidden):
        create_unit(actor(person(roles=("steering",))), UnitDraft("0400", "福祉部", "部"))
    with pytest.raises(NotFound):
        unit_for(adviser(), unit("0310"))


def test_the_words_of_the_city_are_its_own(town: Any) -> None:
    person()
    assert [kind.name for kind in staff_kinds()][:2] == ["特別職", "正職員"]
    assert [kind.name for kind in staff_kinds() if kind.outside] == ["外部"]
    add_word(SYSTEM, UnitKindDraft("室長付", after_parent=True))
    create_unit(SYSTEM, UnitDraft("0399", "改革担当", "室長付", "0310"))
    assert actor(person(at="0399")).label == "市民課 改革担当・主事"
    add_word(SYSTEM, PostDraft("理事", 1))
    assert all_posts()[0].name in {"理事", "市長"}
    for draft in (StaffKindDraft("正職員"), UnitKindDraft("課"), PostDraft("課長", 3)):
        with pytest.raises(Conflict):
            add_word(SYSTEM, draft)


def test_a_kind_of_unit_that_was_used_keeps_its_name(town: Any) -> None:
    kinds = {kind.name: kind.id for kind in unit_kinds()}
    with pytest.raises(Conflict, match="使っている"):
        change_word(SYSTEM, kinds["係"], UnitKindDraft("掛", after_parent=True))
    change_word(SYSTEM, kinds["係"], UnitKindDraft("係", after_parent=False))
    assert actor(person(at="0311")).label == "窓口係・主事"
    change_word(SYSTEM, kinds["班"], UnitKindDraft("チーム", after_parent=True))
    assert "チーム" in {kind.name for kind in unit_kinds()}


def test_the_whole_tree_is_one_question_and_then_only_whether_it_is_still_the_same(town: Any) -> None:
    assert statements_of(unit_tree) == 2
    assert statements_of(unit_tree) == 1
