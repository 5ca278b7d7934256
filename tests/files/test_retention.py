"""Files stay for as long as the administrator has decided; then the bytes go, and a line says so."""
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from groupware.audit.models import Entry
from groupware.directory.commands.people import disable_person, grant_role
from groupware.directory.queries import actor_for
from groupware.files import sweeping
from groupware.files.checking.passing import RUN_OUT
from groupware.files.commands import OTHERWISE, attach_files, detach_files, end_hold, place_hold, remove_files, set_retention
from groupware.files.documents import FINDABLE
from groupware.files.forms import HoldDraft, ReleaseDraft, RetentionDraft
from groupware.files.models import Blob, File, Page
from groupware.files.queries import address_of, files_of
from groupware.files.retaining import foretell, seal_of, terms, years_end
from groupware.files.store import store
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from groupware.kernel.house import house as furnished
from groupware.kernel.ref import Ref
from groupware.kernel.retained import Retained
from tests.files.office import PDF, Desk, again, browser, person, sent

SENT = datetime(2026, 3, 31, 14, 59, tzinfo=UTC)                # the last minute of 令和7年度
LAST_NIGHT = datetime(2029, 3, 30, 17, 0, tzinfo=UTC)           # two o'clock on the last day of the third year after it
FIRST_NIGHT = LAST_NIGHT + timedelta(days=1)


@pytest.fixture
def ended(house: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[int, datetime]:
    """Papers of the desk may be over; those here are."""
    over: dict[int, datetime] = {}
    monkeypatch.setitem(furnished.retained, "desk.paper", Retained("書類", lambda ids: {number: over[number] for number in ids if number in over}))
    return over


def keeper(name: str = "管理 一郎") -> Actor:
    user_id = person(name).user_id
    grant_role(SYSTEM, user_id, "administrator")
    actor = actor_for(user_id)
    assert actor
    return actor


def decide(actor: Actor, term: str, kind: str = "desk.paper") -> None:
    wanted = {**terms(), kind: term}
    set_retention(actor, RetentionDraft(wanted, seal_of(foretell(wanted))))


def hung(desk: Desk, owner: Actor, number: int = 1, content: bytes = PDF, at: datetime = SENT) -> File:
    with clock.at(at):
        file = sent(owner, f"書類{number}.pdf", content)
        attach_files(owner, (file.id,), desk.lay(number, owner))
    return file


def night(at: datetime = FIRST_NIGHT) -> None:
    with clock.at(at):
        sweeping.run_out()
    db.forget_reading()


def bytes_there(file: File) -> bool:
    return store().path(file.blob.place).exists()


def test_a_file_goes_when_its_years_are_over_and_not_a_night_before(ended, desk):
    owner = person()
    file = hung(desk, owner)
    decide(keeper(), "3")
    assert years_end(2025, 3).isoformat() == "2029-03-31"
    night(LAST_NIGHT)
    assert (again(owner, file).removed_at, bytes_there(file)) == (None, True)
    night(FIRST_NIGHT + timedelta(hours=7))
    assert again(owner, file).removed_at is None            # by day nothing is removed
    night()
    assert again(owner, file).removed_at is not None
    assert not bytes_there(file)


def test_who_decides_in_the_night_has_a_day_to_think_better_of_it(ended, desk):
    owner = person()
    file = hung(desk, owner)
    with clock.at(FIRST_NIGHT):
        decide(keeper(), "3")
    night(FIRST_NIGHT + timedelta(hours=1))
    assert again(owner, file).removed_at is None
    night(FIRST_NIGHT + timedelta(days=1))
    assert again(owner, file).removed_at


def test_where_it_stood_a_line_says_so_and_nothing_of_it_opens_or_is_found(house, ended, desk):
    owner = person()
    file = hung(desk, owner)
    db.write(lambda: db.session.add(Page(sha256=file.sha256, number=1, width=0, height=0, state="read", text="秘密の言葉", fingerprint="")))
    decide(keeper(), "1")
    night()
    assert [each.name for each in files_of([Ref("desk.paper", 1)])[Ref("desk.paper", 1)]] == ["書類1.pdf"]
    client = browser(house, owner)
    answers = [client.get(address, buffered=True) for address in (address_of(file), f"/files/previews/{file.id}")]
    assert [(answer.status_code, (answer.json or {})["message"]) for answer in answers] == [(410, f"このファイルは、{RUN_OUT}。")] * 2
    assert (client.get(f"/files/pages/{file.id}").json or {})["reason"] == f"このファイルは、{RUN_OUT}。"
    assert (list(FINDABLE.documents([file.number])), FINDABLE.ids(0, 9), db.session.scalars(select(Page.text)).all()) == ([], [], [])


def test_bytes_that_another_file_still_has_stay_and_what_comes_again_is_there_again(ended, desk):
    owner = person()
    old, young = hung(desk, owner, 1), hung(desk, owner, 2, at=FIRST_NIGHT)
    decide(keeper(), "1")
    night()
    assert (again(owner, old).removed_at is None, again(owner, young).removed_at, bytes_there(young)) == (False, None, True)
    night(FIRST_NIGHT + timedelta(days=800))
    assert not bytes_there(again(owner, young))
    back = sent(owner, "また.pdf")
    assert (store().path(back.blob.place).read_bytes(), back.blob.erased_at, back.blob.deck is not None) == (PDF, None, True)


def test_what_was_left_loose_takes_the_bytes_along_when_it_goes_last(ended, desk):
    owner = person()
    old, loose = hung(desk, owner, 1), hung(desk, owner, 2)
    detach_files(owner, (loose.id,), Ref("desk.paper", 2))
    decide(keeper(), "1")
    night()
    assert bytes_there(old)
    with clock.at(FIRST_NIGHT + timedelta(days=30)):
        sweeping.sweep()
    db.forget_reading()
    assert (bytes_there(old), again(owner, old).blob.erased_at is None) == (False, False)


def test_a_fall_between_the_row_and_the_bytes_is_made_good_the_next_night(ended, desk):
    owner, boss = person(), keeper()
    file = hung(desk, owner)
    decide(boss, "3")
    with clock.at(FIRST_NIGHT):
        assert remove_files(SYSTEM, "desk.paper", "3", [file.number]) == [file.blob.place]
    assert bytes_there(file)
    night(FIRST_NIGHT + timedelta(days=1))
    assert not bytes_there(file)


def test_what_is_held_stays_whatever_its_time_until_the_hold_ends(ended, desk):
    owner, other, boss = person(), person("大江 千尋"), keeper()
    mine, others, later = hung(desk, owner, 1, b"1"), hung(desk, other, 2, b"2"), hung(desk, owner, 3, b"3", at=SENT + timedelta(days=40))
    decide(boss, "1")
    day = {"since": "R8.3.31", "until": "令和8年3月31日"}
    draft = HoldDraft.parse({"reason": "情報公開請求（第12号）", "kind": "desk.paper", "person": str(owner.user_id), **day})
    assert draft.meant == "書類・藤倉 美咲・令和8年3月31日（火）から・令和8年3月31日（火）まで"
    hold = place_hold(boss, draft)
    with clock.at(FIRST_NIGHT):
        outcome = next(each for each in foretell(terms()) if each.kind == "desk.paper")
    assert (outcome.numbers, outcome.held) == ((others.number, later.number), 1)
    night()
    assert [again(who, each).removed_at is None for who, each in ((owner, mine), (other, others), (owner, later))] == [True, False, False]
    end_hold(boss, hold, ReleaseDraft("請求への対応が終わった"))
    night()
    assert again(owner, mine).removed_at


def test_a_hold_outlives_whoever_placed_it_and_the_next_keeper_lifts_it_with_a_reason_and_a_week_before_anything_goes(house, ended, desk):
    owner, before, after = person(), keeper(), keeper("管理 二葉")
    file = hung(desk, owner)
    decide(before, "1")
    hold = place_hold(before, HoldDraft.parse({"reason": "訴訟（第3号）"}))
    disable_person(SYSTEM, before.user_id)
    night()
    assert again(owner, file).removed_at is None
    with pytest.raises(Forbidden):
        end_hold(owner, hold, ReleaseDraft("わけ"))
    with clock.at(FIRST_NIGHT + timedelta(hours=22)):
        client = browser(house, after)
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        lifted = f"/files/retention/holds/{hold}/ending"
        assert client.post(lifted, data={f"why-{hold}": " "}).status_code == 422
        assert browser(house, owner).post(lifted, data={f"why-{hold}": "わけ"}).status_code == 403
    with clock.at(FIRST_NIGHT + timedelta(days=1, minutes=-10)):
        assert client.post(lifted, data={f"why-{hold}": "訴訟が終わった"}).status_code == 303
        page = client.get("/files/retention").text
    assert [words in page for words in ("外した印（1件）", "訴訟が終わった", "管理 一郎", "管理 二葉")] == [True] * 4
    for days, there in ((1, True), (7, True), (9, False)):
        night(FIRST_NIGHT + timedelta(days=days))
        assert (again(owner, file).removed_at is None) == there, days
    entry = db.session.scalars(select(Entry).where(Entry.event == "files.HoldEnded")).one()
    assert (entry.actor_id, entry.body["reason"], entry.body["why"]) == (after.user_id, "訴訟（第3号）", "訴訟が終わった")


def test_a_file_hangs_on_nothing_of_which_no_manifest_says_how_long_files_on_it_stay(desk, monkeypatch):
    owner = person()
    file = sent(owner, "書類.pdf", PDF)
    monkeypatch.delitem(furnished.retained, "desk.paper")
    with pytest.raises(LookupError, match="retained"):
        attach_files(owner, (file.id,), desk.lay(1, owner))
    assert again(owner, file).owner is None


def test_a_hold_without_conditions_keeps_everything_and_one_placed_in_the_last_moment_too(ended, desk):
    owner, boss = person(), keeper()
    file = hung(desk, owner)
    decide(boss, "1")
    place_hold(boss, HoldDraft.parse({"reason": "監査"}))
    with clock.at(FIRST_NIGHT):
        assert remove_files(SYSTEM, "desk.paper", "1", [file.number]) == []
    night()
    assert again(owner, file).removed_at is None


def test_as_long_as_the_thing_is_thirty_days_longer(ended, desk):
    owner = person()
    file, other = hung(desk, owner, 1, b"1"), hung(desk, owner, 2, b"2")
    decide(keeper(), "with")
    night(FIRST_NIGHT + timedelta(days=9_999))
    ended[1] = FIRST_NIGHT
    night(FIRST_NIGHT + timedelta(days=29))
    assert again(owner, file).removed_at is None
    night(FIRST_NIGHT + timedelta(days=31))
    assert [again(owner, each).removed_at is None for each in (file, other)] == [False, True]


def test_nothing_goes_while_nobody_has_decided_nor_of_what_no_feature_declares(ended, desk, monkeypatch):
    owner, boss = person(), keeper()
    file = hung(desk, owner)
    night(FIRST_NIGHT + timedelta(days=9_999))
    decide(boss, "1")
    monkeypatch.delitem(furnished.retained, "desk.paper")
    night(FIRST_NIGHT + timedelta(days=9_999))
    assert again(owner, file).removed_at is None


def test_only_who_keeps_the_house_decides_and_only_what_was_shown(ended, desk):
    owner, boss = person(), keeper()
    hung(desk, owner)
    wanted = {**terms(), "desk.paper": "1"}
    with pytest.raises(Forbidden):
        set_retention(owner, RetentionDraft(wanted, seal_of(foretell(wanted))))
    with pytest.raises(Forbidden):
        place_hold(owner, HoldDraft.parse({"reason": "わけ"}))
    with clock.at(FIRST_NIGHT):
        seen = seal_of(foretell(wanted))
        hung(desk, owner, 2, at=SENT)
        with pytest.raises(Conflict, match=OTHERWISE):
            set_retention(boss, RetentionDraft(wanted, seen))
    assert terms()["desk.paper"] == "kept"


@pytest.mark.parametrize(("field", "said"), [
    ("reason", {"reason": " "}), ("kind", {"reason": "a", "kind": "no.such"}), ("person", {"reason": "a", "person": "99999"}),
    ("until", {"reason": "a", "since": "R8.4.2", "until": "R8.4.1"}), ("since", {"reason": "a", "since": "いつか"})])
def test_a_hold_that_cannot_be_understood_is_refused_at_its_field(ended, field, said):
    with pytest.raises(Invalid) as refused:
        HoldDraft.parse(said)
    assert list(refused.value.fields) == [field]


def test_a_run_is_one_entry_of_the_audit_with_the_sums_of_what_went(ended, desk):
    owner = person()
    files = [hung(desk, owner, number, bytes([number])) for number in (1, 2)]
    decide(keeper(), "1")
    night()
    entry = db.session.scalars(select(Entry).where(Entry.event == "files.FilesRunOut")).one()
    assert (entry.body["numbers"], entry.body["sums"]) == ([file.number for file in files], [file.sha256 for file in files])


def test_on_either_database_the_bytes_are_counted_and_erased_alike(each_house, monkeypatch):
    monkeypatch.setitem(furnished.cards, "desk.paper", (desk := Desk()).cards)
    monkeypatch.setitem(furnished.retained, "desk.paper", Retained("書類"))
    owner, boss = person(), keeper()
    first, second = hung(desk, owner, 1), hung(desk, owner, 2)
    decide(boss, "1")
    night()
    assert {bool(db.session.get_one(File, each.number).removed_at) for each in (first, second)} == {True}
    assert db.session.scalars(select(Blob.erased_at)).one()
    page = browser(each_house, boss).get("/files/retention", headers={"Accept": "text/html"}).text
    assert "これまでに削除したもの" in page
    assert "2個" in page


def test_the_administrator_sees_what_goes_before_it_is_decided_and_names_only_of_what_they_may_see(house, ended, desk):
    owner, boss = person(), keeper()
    hung(desk, owner, 1)
    open_to_boss = hung(desk, owner, 2, b"2")
    desk.lay(2, owner, boss)
    asked = {**terms(), "desk.paper": "1"}
    with clock.at(FIRST_NIGHT):
        client = browser(house, boss)
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        page = client.get("/files/retention/trial", query_string=asked).text
        assert "次の夜に 2個のファイルを削除します" in page
        assert (open_to_boss.name in page, "書類1.pdf" in page) == (True, False)
        assert client.post("/files/retention", data={**asked, "seen": "x"}).status_code == 409
        assert client.post("/files/retention", data={**asked, "seen": seal_of(foretell(asked))}).status_code == 303
        assert client.get("/files/retention/trial", query_string={**asked, "desk.paper": "2"}).status_code == 422
        assert client.post("/files/retention/holds", data={"reason": ""}).status_code == 422
        assert client.post("/files/retention/holds", data={"reason": "監査への対応"}).status_code == 303
        assert "監査への対応" in client.get("/files/retention").text
    assert [browser(house, owner).get(address).status_code for address in ("/files/retention", "/files/retention/trial")] == [403, 403]
