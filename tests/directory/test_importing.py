"""A list brought in: compared line by line, shown, applied whole or not at all."""
from datetime import date, timedelta
from typing import Any

import pytest

from groupware.directory.commands.imports import apply_import, check_import, confirm_import, drop_import, import_directory, upload_import
from groupware.directory.commands.people import disable_person, mark_departed
from groupware.directory.commands.units import ALWAYS, change_unit, close_unit
from groupware.directory.comparing.lists import plan_list, written_list
from groupware.directory.forms import PEOPLE, UNITS, ImportDraft, UnitDraft
from groupware.directory.models import Import
from groupware.directory.queries import actor_for, all_units, find_people, ids_by_staff_number, people_cards, posts_of
from groupware.directory.queries.people import roles_of
from groupware.directory.tables.writing import CP932, ENCODINGS, UTF8, write
from groupware.kernel import clock, db, jobs
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from tests.directory.town import actor, administrator, audited, draft, move, person, statements_of, unit

FIRST_DAY = date(2026, 4, 1)
HEAD = "職員番号,姓,名,姓かな,名かな,区分,所属コード,職名"


def lines(*rows: str, head: str = HEAD) -> bytes:
    return ("\r\n".join((head, *rows)) + "\r\n").encode()


def bring(body: bytes, what: str = PEOPLE, day: date = FIRST_DAY, who: Actor = SYSTEM) -> None:
    import_directory(who, ImportDraft(what, "名簿.csv", body, day))
    db.forget_reading()


def shown(body: bytes, what: str = PEOPLE, day: date = FIRST_DAY) -> dict[str, Any]:
    return plan_list(what, body, day).report()


def troubles(body: bytes, what: str = PEOPLE, day: date = FIRST_DAY) -> list[tuple[int, str]]:
    return [(line, title) for line, title, _ in shown(body, what, day)["troubles"]]


def changes(body: bytes, what: str = PEOPLE, day: date = FIRST_DAY) -> list[Any]:
    return [change["fields"] for change in shown(body, what, day)["changed"]]


@pytest.fixture
def staff(town: Any) -> Any:
    """Four people, one of them with an odd name, a second post and a role."""
    person("藤倉 美咲", number="002079", at="0310", post="課長", email="misaki@example.jp", extension="2111", roles=("leader",))
    move(1, "0320", date(2025, 4, 1), "課長", "事務取扱")
    person("𠮷田 −〜", "よしだ なみ", number="002080", at="0311", post="係長")
    person("柏木 真帆", "かしわぎ まほ", number="002081", at="0312")
    person("三枝 透", "さえぐさ とおる", number="900001", at="9000", post="DXアドバイザー", kind="外部")
    return town


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("what", [UNITS, PEOPLE])
def test_what_was_written_out_changes_nothing_when_it_comes_back(staff: Any, what: str, encoding: str) -> None:
    change_unit(SYSTEM, unit("0312"), UnitDraft("0312", "戸籍係〜−", "係", "0310", starts_on=FIRST_DAY))
    body = write(what, written_list(what, clock.today()), encoding)
    report = shown(body, what, clock.today())
    assert (report["new"], report["changed"], report["missing"], report["troubles"]) == ([], [], [], [])
    assert report["unchanged"] == {UNITS: 8, PEOPLE: 4}[what]


def test_excel_rewrites_dates_widths_and_dashes_and_that_is_no_change(staff: Any) -> None:
    back = ("職員番号,姓,名,区分,発令日,内線,メール,兼務", "002079,藤倉　, 美咲,正職員,2024/4/1,２１１１,misaki@example.jp,0320:事務取扱:課長",
            "002080,𠮷田,－～,正職員,2024/4/1,,,")
    report = shown(lines(*back[1:], head=back[0]))
    assert (report["changed"], report["troubles"], report["unchanged"]) == ([], [], 2)


def test_each_difference_is_shown_field_by_field_and_nobody_is_removed(staff: Any) -> None:
    body = lines("002079,藤倉,美咲,ふじくら,みさき,再任用,0310,課長", "002080,𠮷田,−〜,よしだ,なみ,正職員,0321,係長",
                 "002500,新野,渚,しんの,なぎさ,正職員,0311,主事")
    report = shown(body)
    assert [change["fields"] for change in report["changed"]] == [
        [("区分", "正職員", "再任用")], [("所属コード", "0311 窓口係", "0321 市民税係")]]
    assert [(new["line"], new["key"], new["who"], new["where"]) for new in report["new"]] == [(4, "002500", "新野 渚", "0311 主事")]
    assert report["missing"] == [("002081", "柏木 真帆"), ("900001", "三枝 透")]
    bring(body)
    ids = ids_by_staff_number()
    assert actor(ids["002080"]).label == "税務課 市民税係・係長"
    assert posts_of(ids["002080"], FIRST_DAY - timedelta(days=1))[0].where == "市民課 窓口係"
    assert actor(ids["002500"]).label == "市民課 窓口係・主事"
    assert actor_for(ids["002081"]) and actor_for(ids["900001"])
    assert shown(body)["changed"] == []


def test_columns_that_are_not_there_are_left_alone_and_empty_cells_empty(staff: Any) -> None:
    bring(lines("002079,", head="職員番号,内線"))
    card = people_cards([1])[1]
    assert (card.extension, card.email, card.label) == ("", "misaki@example.jp", "市民課・課長")
    assert roles_of(1) == ["leader"]


def test_second_posts_roles_and_states_are_set_to_what_the_list_says(staff: Any) -> None:
    head = "職員番号,兼務,役割,状態"
    bring(lines("002079,0311:兼務:係長;9000:充て職,CIO;システム管理,", "002081,,,停止", head=head))
    assert {(place.nature, place.where) for place in posts_of(1)} == {("主務", "市民課"), ("兼務", "市民課 窓口係"), ("充て職", "外部人材")}
    assert posts_of(1, FIRST_DAY - timedelta(days=1))[1].where == "税務課"
    assert roles_of(1) == ["administrator", "cio"]
    assert actor_for(ids_by_staff_number()["002081"]) is None
    bring(lines("002081,,,在職", "002080,,,退職", head=head))
    assert actor_for(ids_by_staff_number()["002081"])
    assert people_cards([2])[2].state == "departed"
    assert "002080" not in [number for number, _ in shown(lines(head=head))["missing"]]


def test_every_line_that_cannot_be_meant_is_told_by_its_number_and_column(staff: Any) -> None:
    body = lines(
        "2079,藤倉,美咲,ふじくら,みさき,正職員,0310,課長", "003001,,渚,しんの,なぎさ,正職員,0310,主事", "003002,新野,渚,shinno,なぎさ,正規,310,主事",
        "003003,新野,渚,しんの,なぎさ,正規,0310,主事", "003003,新野,湊,しんの,みなと,正職員,0310,主事", ",新野,湊,しんの,みなと,正職員,0310,主事",
        "002081,柏木,真帆,かしわぎ,まほ,正職員,,主事", "003005,新野,湊,しんの,みなと,正職員,,主事")
    assert troubles(body) == [(2, "職員番号"), (3, "姓"), (4, "姓かな"), (4, "所属コード"), (5, "区分"), (6, "職員番号"), (7, "職員番号"),
                              (8, "所属コード"), (9, "所属コード")]
    told = {(line, title): sentence for line, title, sentence in shown(body)["troubles"]}
    assert "002079" in told[2, "職員番号"] and "0が落ち" in told[2, "職員番号"]
    assert "0310 のことなら" in told[4, "所属コード"]
    assert "5行目にもあります" in told[6, "職員番号"]


@pytest.mark.parametrize(("head", "row", "title"), [
    ("職員番号,兼務", "002079,0320", "兼務"), ("職員番号,兼務", "002079,0320:主務:課長", "兼務"), ("職員番号,兼務", "002079,0999:兼務", "所属コード"),
    ("職員番号,役割", "002079,王様", "役割"), ("職員番号,状態", "002079,元気", "状態"), ("職員番号,発令日", "002079,4/1ごろ", "発令日"),
    ("職員番号,所属コード,発令,発令日", "002079,0311,兼務,2026-05-01", "発令"), ("職員番号,メール", "002079,misaki", "メール")])
def test_a_cell_that_cannot_be_read_is_told(staff: Any, head: str, row: str, title: str) -> None:
    if title == "発令日":
        head, row = head + ",所属コード", row + ",0311"
    assert troubles(lines(row, head=head)) == [(2, title)]


def test_names_in_one_cell_are_parted_at_the_space(staff: Any) -> None:
    bring(lines("003001,新野　渚,ｼﾝﾉ ﾅｷﾞｻ,正職員,0310", head="番号,氏名,ふりがな,区分,所属コード"))
    card = find_people(SYSTEM, "003001")[0]
    assert (card.name, card.kana) == ("新野 渚", "しんの なぎさ")


def test_a_wrong_line_keeps_all_the_others_out(staff: Any) -> None:
    before = written_list(PEOPLE, clock.today())
    with pytest.raises(Invalid, match="3行目 所属コード"):
        bring(lines("003001,新野,渚,しんの,なぎさ,正職員,0310,主事", "003002,新野,湊,しんの,みなと,正職員,7777,主事"))
    keeper = actor(person("蓮見 亮介", "はすみ りょうすけ", number="003000", roles=("administrator",)))
    oneself = "003000,蓮見,亮介,はすみ,りょうすけ,正職員,0311,主事,停止"
    with pytest.raises(Conflict, match="3行目: 自分自身は停止できません"):
        bring(lines("003001,新野,渚,しんの,なぎさ,正職員,0310,主事,在職", oneself, head=HEAD + ",状態"), who=keeper)
    assert [row for row in written_list(PEOPLE, clock.today()) if row["staff_number"] != "003000"] == before
    assert audited("directory.DirectoryImported") == []
    assert db.session.query(Import).count() == 0


def test_a_transfer_needs_a_later_day_than_the_last_and_no_other_booked(staff: Any) -> None:
    head = "職員番号,所属コード,職名,発令日"
    assert troubles(lines("002081,0311,主事,", head=head), day=date(2024, 4, 1)) == [(2, "発令日")]
    assert troubles(lines("002081,0311,主事,2024-04-01", head=head), day=FIRST_DAY) == []
    move(3, "0311", FIRST_DAY)
    assert troubles(lines("002081,0321,主事,", head=head), day=FIRST_DAY - timedelta(days=1)) == [(2, "所属コード")]


def test_a_line_may_say_its_own_day(staff: Any) -> None:
    bring(lines("002081,0311,主任,令和8年7月1日", head="職員番号,所属コード,職名,発令日"))
    assert [place.where for place in posts_of(3, date(2026, 6, 30))] == ["市民課 戸籍係"]
    assert [place.label for place in posts_of(3, date(2026, 7, 1))] == ["市民課 窓口係・主任"]


def test_whoever_departed_stays_so_unless_the_list_says_otherwise(staff: Any) -> None:
    mark_departed(SYSTEM, 3)
    row = "002081,柏木,真帆,かしわぎ,まほ,正職員,0311,主任"
    assert shown(lines(row), day=clock.today())["unchanged"] == 1
    tomorrow = clock.today() + timedelta(days=1)
    assert troubles(lines(row + ",在職", head=HEAD + ",状態"), day=tomorrow) == [(2, "状態")]
    with clock.at(clock.now() + timedelta(days=1)):
        bring(lines(row + ",在職", head=HEAD + ",状態"), day=tomorrow)
        assert actor(3).label == "市民課 窓口係・主任"


def test_a_new_line_cannot_be_somebody_who_has_left(staff: Any) -> None:
    assert troubles(lines("003001,新野,渚,しんの,なぎさ,正職員,0310,主事,退職", head=HEAD + ",状態")) == [(2, "状態")]


def test_odd_numbers_and_new_posts_are_pointed_out(staff: Any) -> None:
    body = lines("3001,新野,渚,しんの,なぎさ,正職員,0310,主亊", "003002,新野,湊,しんの,みなと,正職員,0310,主事,古い台帳から", head=HEAD + ",備考")
    notes = " ".join(shown(body)["notes"])
    assert "主亊" in notes and "4桁が1件" in notes and "備考" in notes


def test_units_come_in_any_order_with_their_parents_in_the_same_list(house: Any) -> None:
    body = lines("0311,窓口係,係,0310,市長,1", "0310,市民課,課,0300,市長,1", "0300,市民環境部,部,,市長,3",
                 head="所属コード,名称,種別,上位コード,任命権者,並び順")
    bring(body, UNITS, ALWAYS)
    assert [(node.name, node.depth) for node in all_units()] == [("市民環境部", 0), ("市民課", 1), ("窓口係", 2)]


def test_units_change_from_their_day_on_and_are_never_closed_by_a_list(town: Any) -> None:
    body = lines("0311,総合窓口係,係,0320", "0350,協働課,課,0300", head="所属コード,名称,種別,上位コード")
    assert changes(body, UNITS) == [[("名称", "窓口係", "総合窓口係"), ("上位コード", "0310", "0320")]]
    assert ("0312", "戸籍係") in shown(body, UNITS)["missing"]
    bring(body, UNITS)
    now, before = ({node.code: node.name for node in all_units(day)} for day in (FIRST_DAY, FIRST_DAY - timedelta(days=1)))
    assert (before["0311"], now["0311"], now["0350"], "0350" in before) == ("窓口係", "総合窓口係", "協働課", False)
    assert now["0312"] == "戸籍係"


def test_units_that_cannot_stand_so_are_told(town: Any) -> None:
    close_unit(SYSTEM, unit("0312"), FIRST_DAY - timedelta(days=1))
    body = lines("310,市民課,課,0300", "0400,福祉部,部,000", "0410,福祉課,組,0400", "0312,戸籍係,係,0310", "0300,市民環境部,部,0310", "0500,,部,0000",
                 head="所属コード,名称,種別,上位コード")
    found = troubles(body, UNITS)
    assert found == [(2, "所属コード"), (3, "上位コード"), (4, "種別"), (5, "所属コード"), (6, "上位コード"), (7, "名称")]


def test_sixty_units_and_eight_hundred_people_go_in_in_bulk(each_house: Any) -> None:
    units = [f"{number:04},第{number}課,課,,{number}" for number in range(60)]
    people = [f"{number:06},姓{number},名,せい,めい,正職員,{number % 60:04},主事" for number in range(800)]

    def act() -> None:
        bring(lines(*units, head="所属コード,名称,種別,上位コード,並び順"), UNITS, ALWAYS)
        bring(lines(*people))
    assert statements_of(act) < 200
    assert len(find_people(SYSTEM, "第7課")) == 14
    assert len(audited("directory.PersonCreated")) == 800
    assert len(audited("directory.AssignmentChanged")) == 800


def test_a_list_goes_through_the_helper_checked_shown_confirmed_applied(staff: Any) -> None:
    keeper = administrator()
    body = lines("002079,藤倉,美咲,ふじくら,みさき,再任用,0310,課長")
    import_id = upload_import(keeper, ImportDraft(PEOPLE, "名簿.csv", body, clock.today()))
    assert kept(import_id).state == "uploaded"
    jobs.drain()
    assert (kept(import_id).state, len(kept(import_id).report["changed"])) == ("checked", 1)
    confirm_import(keeper, import_id, kept(import_id).digest)
    jobs.drain()
    assert (kept(import_id).state, kept(import_id).body) == ("applied", b"")
    assert [row["kind"] for row in written_list(PEOPLE, clock.today()) if row["staff_number"] == "002079"] == ["再任用"]
    assert len(audited("directory.DirectoryImported")) == 1
    jobs.drain()
    assert len(audited("directory.DirectoryImported")) == 1


def test_what_was_not_shown_is_not_applied(staff: Any) -> None:
    keeper = administrator()
    import_id = checked(keeper, lines("002079,藤倉,美咲,ふじくら,みさき,再任用,0310,課長"))
    digest = kept(import_id).digest
    bring(lines("002079,内藤,美咲,ないとう,みさき,正職員,0310,課長"))
    with pytest.raises(Conflict):
        confirm_import(keeper, import_id, "0" * 64)
    confirm_import(keeper, import_id, digest)
    jobs.drain()
    assert kept(import_id).state == "refused"
    assert "変わりました" in kept(import_id).report["refusal"]
    assert people_cards([1])[1].name == "内藤 美咲"


def test_a_list_with_troubles_can_only_be_dropped(staff: Any) -> None:
    keeper = administrator()
    import_id = checked(keeper, lines("002079,藤倉,美咲,ふじくら,みさき,再任用,7777,課長"))
    assert kept(import_id).state == "wrong"
    with pytest.raises(Conflict):
        confirm_import(keeper, import_id, kept(import_id).digest)
    drop_import(keeper, import_id)
    assert (kept(import_id).state, kept(import_id).body) == ("dropped", b"")


def test_a_file_nobody_can_read_is_told_and_nobody_waits(staff: Any) -> None:
    import_id = checked(administrator(), b"\xff\xfe\x00")
    assert kept(import_id).state == "refused"
    assert "CSV UTF-8" in kept(import_id).report["refusal"]


def test_whoever_confirmed_and_was_stopped_has_confirmed_nothing(staff: Any) -> None:
    keeper = administrator()
    import_id = checked(keeper, lines("002079,藤倉,美咲,ふじくら,みさき,再任用,0310,課長"))
    confirm_import(keeper, import_id, kept(import_id).digest)
    disable_person(SYSTEM, keeper.user_id)
    jobs.drain()
    assert kept(import_id).state == "refused"
    assert audited("directory.DirectoryImported") == []


def test_only_keepers_bring_check_confirm_or_apply_lists(staff: Any) -> None:
    import_id = checked(administrator(), lines("002079,藤倉,美咲,ふじくら,みさき,再任用,0310,課長"))
    stranger = actor(2)
    for deed in (lambda: upload_import(stranger, ImportDraft(PEOPLE, "x", b"x", FIRST_DAY)), lambda: check_import(stranger, import_id),
                 lambda: confirm_import(stranger, import_id, kept(import_id).digest), lambda: apply_import(stranger, import_id),
                 lambda: drop_import(stranger, import_id), lambda: bring(lines(), who=stranger)):
        with pytest.raises(Forbidden):
            deed()
    assert kept(import_id).state == "checked"


def test_a_draft_of_a_list_has_a_file_of_a_sensible_size() -> None:
    for what, body in (("rooms", b"x"), (PEOPLE, b" \r\n"), (PEOPLE, b"x" * (2 * 1024 * 1024 + 1))):
        with pytest.raises(Invalid):
            ImportDraft(what, "名簿.csv", body, FIRST_DAY)


def test_the_geta_of_cp932_does_not_take_a_name_away(staff: Any) -> None:
    body = write(PEOPLE, written_list(PEOPLE, clock.today()), CP932)
    assert "〓田".encode("cp932") in body
    bring(body.replace("係長".encode("cp932"), "主査".encode("cp932")), day=clock.today())
    assert people_cards([2])[2].name == "𠮷田 −〜"
    assert people_cards([2])[2].label == "市民課 窓口係・主査"
    assert UTF8 in ENCODINGS and draft().staff_number


def kept(import_id: int) -> Import:
    db.forget_reading()
    return db.session.get_one(Import, import_id)


def checked(keeper: Actor, body: bytes) -> int:
    """Brought, and looked at by the helper."""
    import_id: int = upload_import(keeper, ImportDraft(PEOPLE, "名簿.csv", body, clock.today()))
    jobs.drain()
    return import_id
