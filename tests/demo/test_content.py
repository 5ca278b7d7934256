"""The demo city's content holds together: every name, unit and number it mentions exists."""
import csv
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from chat.seeds import City
from groupware.kernel import clock
from groupware.kernel.clock import JST

HOUSE = Path(__file__).parents[2]
DIRECTORY = HOUSE / "groupware" / "directory" / "demo"
CHAT = HOUSE / "chat" / "demo"
HIRAGANA = re.compile(r"[ぁ-ゖー]+")
ROLES = {"administrator", "steering", "cio", "leader", "adviser", "emergency", "director", "mayor"}
KINDS = {"open", "closed", "direct", "announcement"}
STAMPS = {"承知", "感謝", "よい案", "完了", "了解", "お疲れさま"}
MEASURES = dict(zip("①②③④⑤⑥⑦⑧⑨⑩⑪", (
    "情報システムの標準化・共通化", "マイナンバーカードの普及促進", "行政手続のオンライン化", "AI・RPAの利用促進", "テレワークの推進",
    "セキュリティ対策の徹底", "職員連携・人材体制の強化", "キャッシュレス化の推進", "データ基盤の構築・活用", "プッシュ型通知での情報提供",
    "未来に向けたデジタル環境の検討"), strict=True))
CODES = {f"M{number:02d}" for number in range(1, 12)}
NATURES = {"主務", "兼務", "併任", "事務取扱", "充て職"}
ROOT, OUTSIDE = "0000", "9000"


def rows(name: str) -> list[dict[str, str]]:
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(name: str) -> list[dict[str, Any]]:
    found = json.loads((CHAT / name).read_text(encoding="utf-8"))
    return found["reads"] if isinstance(found, dict) else found


UNITS = {row["code"]: row for row in rows("units.csv")}
PEOPLE = {row["staff_number"]: row for row in rows("people.csv")}
ROOMS = {room["key"]: room for room in content("rooms.json")}
TALKS = {talk["key"]: talk for talk in content("talks.json")}


def test_every_unit_hangs_below_the_city_except_the_outside_experts() -> None:
    for code in UNITS:
        assert root_of(code) == (OUTSIDE if code == OUTSIDE else ROOT)


def test_unit_codes_are_unique_and_keep_their_leading_zeros() -> None:
    assert len(UNITS) == len(rows("units.csv"))
    assert all(re.fullmatch(r"\d{4}", code) for code in UNITS)


def test_the_city_hall_has_its_usual_size() -> None:
    kinds = Counter(unit["kind"] for unit in UNITS.values())
    assert 10 <= kinds["部"] <= 14
    assert 52 <= kinds["課"] + kinds["係"] + kinds["出先機関"] <= 68
    assert 145 <= len(PEOPLE) <= 155


def test_siblings_have_an_order_of_their_own() -> None:
    places = Counter((unit["parent_code"], unit["position"]) for unit in UNITS.values())
    assert set(places.values()) == {1}


def test_staff_numbers_mail_addresses_and_extensions_are_unique() -> None:
    everybody = rows("people.csv")
    for column in ("staff_number", "email", "extension"):
        values = [row[column] for row in everybody if row[column]]
        assert len(values) == len(set(values)), column
    assert all(re.fullmatch(r"\d{6}", number) for number in PEOPLE)
    assert all(row["email"].endswith("@example.jp") for row in everybody)


def test_furigana_is_hiragana_only() -> None:
    for row in PEOPLE.values():
        assert HIRAGANA.fullmatch(row["family_kana"]) and HIRAGANA.fullmatch(row["given_kana"]), row


def test_everybody_has_one_main_post_in_a_unit_that_exists() -> None:
    for row in PEOPLE.values():
        assert row["nature"] == "主務" and row["post"] and row["unit_code"] in UNITS, row
        for unit, nature, post in second_posts(row):
            assert unit in UNITS and unit != row["unit_code"] and nature in NATURES - {"主務"} and post, row


def test_roles_are_known_and_held_by_as_many_as_the_plan_needs() -> None:
    held = Counter(role for row in PEOPLE.values() for role in row["roles"].split(";") if role)
    assert set(held) == ROLES
    assert (held["cio"], held["administrator"], held["adviser"]) == (1, 1, 3)
    assert 18 <= held["leader"] <= 22
    assert all(row["unit_code"].startswith("021") for row in PEOPLE.values() if "steering" in row["roles"])


def test_outsiders_sit_outside_the_city_hall_and_nobody_else_does() -> None:
    for row in PEOPLE.values():
        assert (row["kind"] == "外部") == (row["unit_code"] == OUTSIDE), row


def test_every_section_and_branch_office_has_somebody() -> None:
    staffed = {code for row in PEOPLE.values() for code, *_ in (((row["unit_code"],), *second_posts(row)))}
    led = {UNITS[code]["parent_code"] for code in staffed}
    assert set(UNITS) - staffed - led == set()


def test_seven_people_can_sign_in_each_for_a_reason() -> None:
    doors = rows("sign_in.csv")
    assert len({row["staff_number"] for row in doors}) == len(doors) == 7
    assert all(row["staff_number"] in PEOPLE and row["reason"] for row in doors)


def test_rooms_name_people_units_and_measures_that_exist() -> None:
    assert len(ROOMS) == len(content("rooms.json"))
    for room in ROOMS.values():
        assert room["kind"] in KINDS and (room["measure"] is None or room["measure"] in CODES), room["key"]
        assert {room["owner"], *room["members"], *room["favourite_of"]} <= set(PEOPLE), room["key"]
        assert room["owner"] in room["members"] and set(room["favourite_of"]) <= members(room["key"]), room["key"]
        assert all(unit["code"] in UNITS for unit in room["units"]), room["key"]


def test_every_measure_of_the_plan_has_a_room() -> None:
    assert {room["measure"] for room in ROOMS.values()} - {None} == CODES


def test_a_direct_room_has_two_people_and_no_pair_has_two() -> None:
    pairs = [frozenset(room["members"]) for room in ROOMS.values() if room["kind"] == "direct"]
    assert all(len(pair) == 2 for pair in pairs) and len(set(pairs)) == len(pairs)


def test_outsiders_are_members_of_named_rooms_only_never_by_rule() -> None:
    for key, room in ROOMS.items():
        guests = {number for number in members(key) if PEOPLE[number]["kind"] == "外部"}
        assert guests <= set(room["members"]), key
        assert not guests or room["kind"] in ("closed", "direct"), key


def test_there_is_enough_to_read_and_every_room_has_been_used() -> None:
    assert 350 <= len(TALKS) <= 450
    assert len(TALKS) == len(content("talks.json"))
    assert {talk["room"] for talk in TALKS.values()} == set(ROOMS)


def test_only_members_write_press_stamps_or_are_addressed() -> None:
    for key, talk in TALKS.items():
        stampers = [stamp["by"] for stamp in talk.get("stamps", [])]
        assert {talk["by"], *stampers, *addressed(talk)} <= members(talk["room"]), key
        assert talk["by"] not in stampers, key


def test_stamps_are_known_and_pressed_once_by_each() -> None:
    for key, talk in TALKS.items():
        pressed = [(stamp["by"], stamp["stamp"]) for stamp in talk.get("stamps", [])]
        assert {stamp for _, stamp in pressed} <= STAMPS and len(set(pressed)) == len(pressed), key


def test_in_an_announcement_room_only_its_owner_begins() -> None:
    for key, talk in TALKS.items():
        room = ROOMS[talk["room"]]
        assert room["kind"] != "announcement" or "reply_to" in talk or talk["by"] == room["owner"], key


def test_every_room_is_told_in_the_order_of_time() -> None:
    for key in ROOMS:
        moments = [(talk["day"], talk["time"]) for talk in said_in(key)]
        assert moments == sorted(moments), key


def test_replies_answer_an_earlier_beginning_of_the_same_room_that_still_stands() -> None:
    order = list(TALKS)
    for key, talk in TALKS.items():
        if "reply_to" in talk:
            first = TALKS[talk["reply_to"]]
            assert first["room"] == talk["room"] and order.index(first["key"]) < order.index(key), key
            assert "reply_to" not in first and not first.get("deleted"), key


def test_people_write_in_office_hours_except_when_a_storm_comes() -> None:
    for key, talk in TALKS.items():
        assert re.fullmatch(r"\d\d:\d\d", talk["time"]) and -28 <= talk["day"] <= 0, key
        assert "08:30" <= talk["time"] <= "17:40" or talk["room"] == "saigai", key
        assert talk["day"] < 0 or "08:40" <= talk["time"] <= "10:30", key


@pytest.mark.usefixtures("house")
def test_a_city_built_in_the_night_shows_the_working_day_before_and_nothing_that_is_still_to_come() -> None:
    for hour, day in ((0, 20), (9, 20), (11, 23)):      # 2026-11-23 is a Monday
        now = datetime(2026, 11, 23, hour, tzinfo=JST)
        with clock.at(now):
            city = City()
        moments = [city.moment(talk) for talk in TALKS.values()]
        assert max(moments) < now
        assert max(moments).date() == date(2026, 11, day)


def test_this_morning_about_eight_rooms_are_already_talking() -> None:
    assert 7 <= len({talk["room"] for talk in TALKS.values() if talk["day"] == 0}) <= 12


def test_corrections_change_something_and_what_was_taken_back_is_left_alone() -> None:
    for key, talk in TALKS.items():
        assert talk["text"].strip() and talk.get("edited", "x") not in ("", talk["text"]), key
        assert not talk.get("deleted") or not talk.keys() & {"stamps", "edited"}, key


def test_measures_are_called_by_their_exact_names() -> None:
    named = re.findall(r"施策([①-⑪])「(.+?)」", "\n".join(talk["text"] for talk in TALKS.values()))
    assert {mark for mark, _ in named} == set(MEASURES)
    assert all(MEASURES[mark] == title for mark, title in named)


def test_cursors_stand_on_a_message_of_the_room_not_before_ones_own_words() -> None:
    for line in content("reads.json"):
        said, at = said_in(line["room"]), line["read_through"]
        assert line["person"] in members(line["room"]) and (at is None or TALKS[at]["room"] == line["room"]), line
        assert line["person"] not in {talk["by"] for talk in unread(line, said)}, line


def test_whoever_can_sign_in_has_a_cursor_in_every_room_of_theirs() -> None:
    told = {(line["room"], line["person"]) for line in content("reads.json")}
    doors = {row["staff_number"] for row in rows("sign_in.csv")}
    assert told == {(key, number) for key in ROOMS for number in doors & members(key)}


def test_the_section_manager_finds_thirteen_unread_in_four_rooms() -> None:
    manager = next(row["staff_number"] for row in rows("sign_in.csv") if row["reason"].startswith("課長"))
    mine = [line for line in content("reads.json") if line["person"] == manager]
    counts = sorted(len(unread(line, said_in(line["room"]))) for line in mine)
    assert [count for count in counts if count] == [1, 2, 4, 6]


def root_of(code: str) -> str:
    parent = UNITS[code]["parent_code"]
    return root_of(parent) if parent else code


def second_posts(row: dict[str, str]) -> list[tuple[str, ...]]:
    return [tuple(post.split(":")) for post in row["also"].split(";") if post]


def below(code: str, top: str) -> bool:
    return code == top or (code != "" and below(UNITS[code]["parent_code"], top))


def members(key: str) -> set[str]:
    """By name and by the room's org rules."""
    tops = [unit["code"] for unit in ROOMS[key]["units"]]
    return {*ROOMS[key]["members"], *(number for number, row in PEOPLE.items() if any(below(code, top) for code in units_of(row) for top in tops))}


def units_of(row: dict[str, str]) -> list[str]:
    return [row["unit_code"], *(unit for unit, *_ in second_posts(row))]


def said_in(key: str) -> list[dict[str, Any]]:
    return [talk for talk in TALKS.values() if talk["room"] == key]


def addressed(talk: dict[str, Any]) -> set[str]:
    return set(re.findall(r"<@(\d+)>", talk["text"] + talk.get("edited", "")))


def unread(line: dict[str, Any], said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = [talk["key"] for talk in said]
    return said[keys.index(line["read_through"]) + 1:] if line["read_through"] else said
