"""A PDF becomes pages: what they say, how they look, by what they are known again."""
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import get_template_attribute
from PIL import Image, ImageChops
from sqlalchemy import delete, update

from groupware.files.models import DONE, DRAWING, Deck, File, Page
from groupware.files.pages import FINE, SMALL, WHOLE, Pages, page_image, pages_of, texts_of
from groupware.files.paging import drawing, turns
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.fonts import MINCHO
from tests.files import pdfs
from tests.files.office import Desk, again, browser, person, sent

FIRST_SIGN = (121, 117, 172, 178)       # of the title, on a page that is WHOLE pixels wide


@pytest.fixture(autouse=True)
def _no_child_of_pages_is_left():
    yield
    turns._child.stop()


def helper_draws() -> None:
    while turns.work():
        db.forget_reading()
    db.end_reading()


def drawn(content: bytes) -> tuple[File, Pages]:
    file = sent(person(), content=content)
    helper_draws()
    return file, pages_of(file)


def look(file: File, number: int, width: int = WHOLE) -> Image.Image:
    return Image.open(io.BytesIO(page_image(file, number, width).read_bytes()))


def darkness(picture: Image.Image) -> int:
    return sum(picture.convert("L").histogram()[:128])


@pytest.mark.parametrize(("make", "shape", "size"), [
    (pdfs.portrait, (595, 842), (1200, 1698)), (pdfs.wide, (1191, 842), (1200, 849)), (pdfs.turned, (842, 595), (1200, 848)),
    (pdfs.fontless, (595, 842), (1200, 1698)), (pdfs.scan, (595, 842), (1200, 1697))], ids=["portrait", "a3", "turned", "fontless", "scan"])
def test_a_page_has_its_shape_and_its_pictures(house: Any, make: Callable[[], bytes], shape: tuple[int, int], size: tuple[int, int]) -> None:
    file, pages = drawn(make())
    assert (pages.state, pages.count, pages.ready) == (DONE, 1, 1)
    assert max(abs(a - b) for a, b in zip(pages.pages[0].shape, shape, strict=True)) <= 1
    whole = look(file, 1)
    assert max(abs(a - b) for a, b in zip(whole.size, size, strict=True)) <= 2
    assert look(file, 1, SMALL).width == SMALL
    assert darkness(whole) > 5_000, "the page is not blank"


def test_japanese_that_brings_no_font_is_drawn_with_ours_on_a_machine_that_has_none(house: Any) -> None:
    """PDFium asks the machine for its fonts only where it is told of no others: so this shows it wherever the test runs."""
    file, _ = drawn(pdfs.fontless("埋め込まれていない明朝"))
    assert darkness(look(file, 1)) > 0.3 * darkness(look(drawn(pdfs.portrait("埋め込まれていない明朝"))[0], 1))
    assert "埋め込まれていない明朝" in texts_of(file.sha256)[0][1]


def test_a_mincho_that_a_pdf_only_names_is_drawn_as_one(house: Any) -> None:
    named, mincho, gothic = (look(drawn(content)[0], 1).convert("L").crop(FIRST_SIGN) for content in
                             (pdfs.fontless("永"), pdfs.portrait("永", font=MINCHO), pdfs.portrait("永")))
    apart = [sum(ImageChops.difference(named, other).histogram()[128:]) for other in (mincho, gothic)]
    assert apart[0] < apart[1] / 4, apart


def test_black_on_white_is_a_grey_png_and_everything_else_a_jpeg(house: Any) -> None:
    files = {"text": pdfs.portrait(), "colour": pdfs.coloured(), "scan": pdfs.scan()}
    kinds = {name: look(drawn(content)[0], 1).format for name, content in
             files.items()}
    assert kinds == {"text": "PNG", "colour": "JPEG", "scan": "JPEG"}


def test_600_dpi_is_drawn_within_four_million_pixels(house: Any) -> None:
    file, pages = drawn(pdfs.scan(dpi=600, quality=50))
    assert pages.pages[0].state == "drawn"
    store().want_page(file.blob.place, 1, FINE)
    turns.draw_wanted()
    fine = look(file, 1, FINE)
    assert 3_900_000 < fine.width * fine.height <= 4_010_000


def test_what_cannot_be_opened_says_so_in_a_sentence(house: Any) -> None:
    assert "パスワード" in drawn(pdfs.locked())[1].reason
    assert "壊れて" in drawn(pdfs.broken())[1].reason
    assert "壊れて" in drawn(b"%PDF-1.7\n")[1].reason


def test_a_page_that_cannot_be_drawn_is_said_by_its_number_and_the_others_are_shown(house: Any) -> None:
    file, pages = drawn(pdfs.with_a_bad_page())
    assert pages.manifest()["bad"] == [2]
    assert [darkness(look(file, number)) > 5_000 for number in (1, 3)] == [True, True]


def test_pages_without_words_are_counted(house: Any) -> None:
    assert drawn(pdfs.scan(2))[1].wordless == 2
    assert drawn(pdfs.portrait("文字"))[1].wordless == 0


def test_the_manifest_of_three_hundred_pages_stays_below_three_kilobytes(house: Any) -> None:
    file = sent(person(), content=pdfs.portrait(*(f"{number}頁" for number in range(300))))
    assert turns.work() == 1
    db.end_reading()
    pages = pages_of(file)
    assert (pages.count, pages.ready, pages.state) == (300, 0, DRAWING)
    assert len(str(pages.manifest())) < 3_000


def test_the_same_page_is_known_again_and_a_changed_one_is_not(house: Any) -> None:
    _, before = drawn(pdfs.portrait("目的", "予算", "日程"))
    _, after = drawn(pdfs.portrait("表紙", "目的", "予算 (訂正)", "日程"))
    known = {page.fingerprint: page.number for page in after.pages}
    assert [known.get(page.fingerprint) for page in before.pages] == [2, None, 4]


def test_what_was_begun_is_gone_on_with_after_a_restart(house: Any) -> None:
    file = sent(person(), content=pdfs.portrait(*"一二三四五"))
    for _ in range(3):
        turns.work()
        db.forget_reading()
    turns._child.stop()         # the helper is gone, and what it knew
    helper_draws()
    assert [page.state for page in pages_of(file).pages] == ["drawn"] * 5


def test_the_first_pages_of_one_come_before_the_rest_of_another(house: Any) -> None:
    first = sent(person(), content=pdfs.portrait(*(f"{number}" for number in range(60))))
    for _ in range(4):
        turns.work()
        db.forget_reading()
    second = sent(person(), content=pdfs.portrait("急ぐ資料"))
    for _ in range(2):
        turns.work()
        db.forget_reading()
    assert pages_of(second).ready == 1
    assert pages_of(first).ready < 60


def test_a_picture_that_was_lost_is_drawn_again_when_asked_for(house: Any) -> None:
    file, _ = drawn(pdfs.portrait("資料"))
    page_image(file, 1, WHOLE).unlink()
    store().want_page(file.blob.place, 1, WHOLE)
    assert turns.draw_wanted() == 1
    assert darkness(look(file, 1)) > 5_000


def test_only_who_sees_the_thing_sees_its_pages_and_only_as_long(house: Any, desk: Desk) -> None:
    reader, stranger = person(), person("部外 一郎")
    file, _ = drawn(pdfs.portrait("資料"))
    db.write(lambda: db.unit().connection.execute(update(File).values(owner=str(desk.lay(7, reader)), loose_since=None)))
    address = pages_of(again(reader, file)).address(1, WHOLE)
    answer = browser(house, reader).get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, max-age=31536000, immutable")
    assert Image.open(io.BytesIO(answer.get_data())).width == WHOLE
    answer.close()
    assert browser(house, reader).get(f"/files/pages/{file.id}").get_json()["shapes"] == [[1, 595, 842]]
    for door in (address, f"/files/pages/{file.id}"):
        assert browser(house, stranger).get(door).status_code == 404
    desk.lay(7)
    assert browser(house, reader).get(address).status_code == 404


@pytest.mark.parametrize("wrong", ["0-1200", "2-1200", "1-1201", "1-99999"])
def test_an_address_of_no_page_is_not_found_and_nobody_waits(house: Any, wrong: str) -> None:
    actor = person()
    file = sent(actor, content=pdfs.portrait("資料"))
    helper_draws()
    address = pages_of(file).address(1, WHOLE).rpartition("/")[0]
    assert browser(house, actor).get(f"{address}/{wrong}").status_code == 404


def test_where_it_hangs_its_first_page_is_seen_as_soon_as_it_is_drawn(house: Any) -> None:
    owner = person()
    file = sent(owner, content=pdfs.portrait("資料"))
    with house.app.test_request_context():
        row = get_template_attribute("files/hung.html", "hung_file")
        assert "<img" not in row(again(owner, file))
        helper_draws()
        assert pages_of(file).address(1, SMALL) in row(again(owner, file))


def test_what_is_dropped_leaves_no_page_behind(house: Any) -> None:
    file, _ = drawn(pdfs.portrait("資料"))
    folder = store().pages_path(file.blob.place)
    assert list(folder.iterdir())
    db.write(lambda: db.unit().connection.execute(delete(File)))
    store().delete(file.blob.place)
    assert not folder.exists()


def test_a_child_that_dies_on_a_page_leaves_the_others(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "DRAW", 0.0)      # no page is in time
    file, pages = drawn(pdfs.portrait("一", "二"))
    assert (pages.state, pages.manifest()["bad"]) == (DONE, [1, 2])
    rows = db.session.query(Page).filter_by(sha256=file.sha256).count(), db.session.query(Deck).count()
    assert rows == (2, 1)


def test_a_picture_is_told_from_its_text_alone_where_the_pictures_are_alike() -> None:
    white = Image.new("RGB", (200, 283), "white")
    assert drawing.known_by("第１条", white) == drawing.known_by("第1条 ", white)
    assert drawing.known_by("第1条", white) != drawing.known_by("第2条", white)
