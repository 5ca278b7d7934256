"""Files hang on things, by those who sent them; what hangs on nothing goes."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from groupware.audit.models import Entry
from groupware.files import queries
from groupware.files.commands import attach_files, detach_files, drop_files, keep_upload
from groupware.files.forms import FileDraft
from groupware.files.models import Blob, File
from groupware.files.queries import files_of
from groupware.files.sweeping import sweep
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.house import house as furnished
from groupware.kernel.ref import Ref
from groupware.kernel.retained import Retained
from tests.files.office import PDF, again, person, picture, pieces, sent

PAPER = Ref("desk.paper", 1)
pytestmark = pytest.mark.usefixtures("each_house")


@pytest.fixture(autouse=True)
def _papers_are_kept(each_house, monkeypatch):
    monkeypatch.setitem(furnished.retained, "desk.paper", Retained("書類"))


def count(thing) -> int:
    db.end_reading()
    return db.session.scalar(select(func.count()).select_from(thing)) or 0


def hanging(ref: Ref) -> list[str]:
    db.end_reading()
    return [file.id for file in files_of([ref]).get(ref, [])]


def test_files_hang_in_the_order_of_sending():
    owner = person()
    files = [sent(owner, f"{number}.pdf") for number in range(3)]
    attach_files(owner, tuple(file.id for file in reversed(files)), PAPER)
    assert hanging(PAPER) == [file.id for file in files]


def test_a_second_time_on_the_same_thing_does_no_harm():
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), PAPER)
    attach_files(owner, (file.id,), PAPER)
    assert hanging(PAPER) == [file.id]


@pytest.mark.parametrize("why", ["another's", "on another thing", "not there", "one of two"])
def test_what_is_not_ones_own_and_loose_is_not_attached(why):
    owner, other = person(), person("大江 千尋")
    good, bad = sent(owner), sent(other if why == "another's" else owner)
    if why == "on another thing":
        attach_files(owner, (bad.id,), Ref("desk.paper", 2))
    wanted = (good.id, "x" * 22) if why in {"not there", "one of two"} else (good.id, bad.id)
    with pytest.raises(Invalid) as refused:
        attach_files(owner, wanted, PAPER)
    assert "files" in refused.value.fields
    assert hanging(PAPER) == []


def test_files_of_many_things_are_one_question():
    owner = person()
    refs = [Ref("desk.paper", number) for number in range(1, 21)]
    for ref in refs:
        attach_files(owner, (sent(owner).id, sent(owner, "写真.png", picture()).id), ref)
    asked: list[str] = []
    engine = type(db.reading().get_bind())
    db.forget_reading()

    def listen(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)
    event.listen(engine, "before_cursor_execute", listen)
    try:
        found = files_of(refs)
        sizes = [(file.name, file.size, file.media_type, file.width) for files in found.values() for file in files]
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert len(asked) == 1
    assert len(sizes) == 40
    assert files_of([]) == {}


def test_only_what_hangs_there_is_taken_off():
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), PAPER)
    with pytest.raises(Invalid):
        detach_files(owner, (file.id,), Ref("desk.paper", 2))
    detach_files(owner, (file.id,), PAPER)
    assert hanging(PAPER) == []


def test_the_audit_knows_what_was_hung_on_what():
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), PAPER)
    detach_files(owner, (file.id,), PAPER)
    db.end_reading()
    entries = db.session.scalars(select(Entry).where(Entry.about == "desk.paper:1").order_by(Entry.id)).all()
    assert [(entry.event, entry.body["file_ids"]) for entry in entries] == [("files.FilesAttached", [file.id]), ("files.FilesDetached", [file.id])]


def test_what_hung_on_nothing_for_a_week_goes_with_its_bytes(tmp_path):
    owner = person()
    with clock.at(clock.now() - timedelta(days=8)):
        old, kept, again_loose = sent(owner, "古い.txt", b"old"), sent(owner, "付いた.txt", b"kept"), sent(owner, "外れた.txt", b"loose")
        attach_files(owner, (kept.id, again_loose.id), PAPER)
    detach_files(owner, (again_loose.id,), PAPER)
    fresh = sent(owner, "新しい.txt", b"fresh")
    left, gone = {kept.id, again_loose.id, fresh.id}, f"files.file:{old.number}"
    sweep()
    db.end_reading()
    assert set(db.session.scalars(select(File.id))) == left
    assert sorted(path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()) == [b"fresh", b"kept", b"loose"]
    dropped = db.session.scalars(select(Entry).where(Entry.event == "files.FileDropped")).one()
    assert (dropped.about, dropped.actor_id) == (gone, 0)


def test_bytes_that_another_file_has_stay(tmp_path):
    owner = person()
    with clock.at(clock.now() - timedelta(days=8)):
        sent(owner, "古い.pdf")
    sent(person("大江 千尋"), "同じ.pdf")
    sweep()
    assert (count(File), count(Blob)) == (1, 1)
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [PDF]


def test_more_than_one_batch_goes(monkeypatch):
    monkeypatch.setattr(queries, "BATCH", 3)
    owner = person()
    with clock.at(clock.now() - timedelta(days=8)):
        for number in range(7):
            sent(owner, content=b"%d" % number)
    sweep()
    assert (count(File), count(Blob)) == (0, 0)


def test_what_was_attached_meanwhile_is_not_dropped():
    owner = person()
    file = sent(owner)
    attach_files(owner, (file.id,), PAPER)
    assert drop_files(SYSTEM, [file.number]) == []
    assert hanging(PAPER) == [file.id]


def test_the_same_bytes_sent_by_many_at_once_are_kept_once(each_house):
    owner = person()
    drafts = [FileDraft.receive("同じ.pdf", pieces(PDF)) for _ in range(8)]

    def keep(draft: FileDraft) -> str:
        with each_house.app.app_context():
            return str(keep_upload(owner, draft))
    with ThreadPoolExecutor(8) as at_once:
        ids = set(at_once.map(keep, drafts))
    assert len(ids) == 8
    assert (count(File), count(Blob)) == (8, 1)


def test_nobody_but_the_house_drops():
    owner = person()
    file = sent(owner)
    with pytest.raises(Forbidden):
        drop_files(owner, [file.number])
    assert again(owner, file).name == file.name
