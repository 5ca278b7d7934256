"""A certificate as PDF, made by the helper; the yearly report, in which nobody is seen."""
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.jobs import drain
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import person, statements_of
from tests.training.hall import town
from tests.training.school import ALL, course
from training.certificates import number_of, sheet
from training.commands.learning import learn_alone
from training.models.courses import ALONE
from training.queries.courses import completions_of
from training.queries.years import year_of

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_a_certificate_is_made_by_the_helper_once_and_read_by_whom_it_is_of(house: InProcess, people: dict[str, Actor]) -> None:
    learn_alone(people["self"], course(people, ALONE, months=12, title="情報の扱い①〜髙"))
    done = completions_of(people["self"].user_id)[0]
    at = f"/training/completions/{done.id}"
    me = signed_in(house, people["self"])
    for _ in range(2):
        assert me.post(f"{at}/certificate").status_code == 303
    assert "つくっています" in me.get(at).text
    while drain():
        pass
    page = me.get(at).text
    address = page.split('href="/files/')[1].split('"')[0]
    with me.get(f"/files/{address}") as paper:
        assert paper.data.startswith(b"%PDF")
    assert page.count("修了証 情報の扱い①〜髙 20260618.pdf") >= 1
    for who, actor in people.items():
        client, allowed = signed_in(house, actor), who in {"self", "steering"}
        assert client.get(at).status_code == (200 if allowed else 404), who
        with client.get(f"/files/{address}") as answer:
            assert answer.status_code == (200 if allowed else 404), who


def test_a_certificate_says_the_section_of_that_day_and_a_number_of_its_own(people: dict[str, Actor]) -> None:
    learn_alone(people["self"], course(people, ALONE))
    done = completions_of(people["self"].user_id)[0]
    said = str(sheet(done).as_dict())
    assert number_of(done) == f"R8-{done.id:06}"
    for words in ("市民課", "柏木 真帆 様", "情報の扱い", "令和8年6月18日（木）", "期限なし", number_of(done)):
        assert words in said


def test_the_year_in_sums_counts_each_once_and_hides_the_few(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL)
    for who in ("self", "colleague"):
        learn_alone(people[who], number)
    with clock.at(datetime(2027, 4, 1, 3, tzinfo=UTC)):
        learn_alone(people["self"], number)
    db.end_reading()
    found, after = year_of(2026), year_of(2027)
    assert [(each.title, each.completed, each.people) for each in found.courses] == [("情報の扱い", 2, 2)]
    assert [each.completed for each in after.courses] == [1]
    rates = {each.above: (each.done, each.needed, each.percent) for each in found.rates}
    assert rates["市民環境部"] == (2, 8, 25)
    assert all(percent is None for _, needed, percent in rates.values() if needed < 3)
    for who, actor in people.items():
        client = signed_in(house, actor)
        assert client.get("/training/years?year=2026").status_code == (403 if who == "adviser" else 200), who
    reader = signed_in(house, people["stranger"])
    assert "柏木" not in reader.get("/training/years").text
    assert reader.get("/training/years.csv?encoding=cp932").data.decode("cp932").splitlines()[1].startswith("情報の扱い")
    assert {reader.get(f"/training/years?year={year}").status_code for year in ("1", "x", "9999")} == {422}


def test_the_report_costs_the_same_for_few_and_for_many(people: dict[str, Actor]) -> None:
    learn_alone(people["self"], course(people, ALONE, parts=ALL))
    few = statements_of(lambda: year_of(2026))
    for each in range(4):
        learn_alone(people["colleague"], course(people, ALONE, parts=ALL, title=f"研修{each}"))
        person(f"増員 {each}", at="0321")
    assert statements_of(lambda: year_of(2026)) == few <= 15
