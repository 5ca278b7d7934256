"""The demo city's content holds together: every name, unit and number it mentions exists."""
import csv
import re
from collections import Counter
from pathlib import Path

DIRECTORY = Path(__file__).parents[2] / "groupware" / "directory" / "demo"
HIRAGANA = re.compile(r"[ぁ-ゖー]+")
ROLES = {"administrator", "steering", "cio", "leader", "adviser"}
NATURES = {"主務", "兼務", "併任", "事務取扱", "充て職"}
ROOT, OUTSIDE = "0000", "9000"


def rows(name: str) -> list[dict[str, str]]:
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {row["code"]: row for row in rows("units.csv")}
PEOPLE = {row["staff_number"]: row for row in rows("people.csv")}


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


def root_of(code: str) -> str:
    parent = UNITS[code]["parent_code"]
    return root_of(parent) if parent else code


def second_posts(row: dict[str, str]) -> list[tuple[str, ...]]:
    return [tuple(post.split(":")) for post in row["also"].split(";") if post]
