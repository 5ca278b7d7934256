"""Documents on A4 and books of many files, read again page by page."""
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from groupware.printing import press
from groupware.printing.documents import Document, centred, fields, heading, marked, new_page, right, space, table, text
from groupware.printing.press import Binding, printed

WHOLE = Document("会議録", (
    fields([("日時", "令和8年10月15日（木）10:30"), ("場所", "")]), heading("1 開会"), text("はじめの言葉。\n二行目 <b>&</b>", "井上 慎一"),
    marked("11月2日から始める。", "決定"), table(["議題", "頁"], [["資料" + "長" * 60, "1"]] * 80, [140, 30]), space(), right("行政管理課"),
    new_page(), heading("終わり", 2), centred("以上", 14)), under="第5回 DX連絡会議", foot="DX連絡会議")


@pytest.fixture(autouse=True, scope="module")
def _no_child_stays() -> Iterator[None]:
    yield
    press._child.stop()


def words(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def blank(path: Path, pages: int = 1, size: tuple[int, int] = (595, 842), turned: int = 0, password: str = "") -> Path:
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size).rotate(turned, relative=False)
    pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=password) if password else None)
    return path


def test_a_document_says_everything_and_counts_its_pages() -> None:
    pages = words(printed(WHOLE))
    whole = "".join(pages)
    wanted = ["会議録", "第5回 DX連絡会議", "令和8年10月15日", "未設定", "<b>&</b>", "二行目", "決定", "11月2日から始める。", "以上", "行政管理課"]
    assert [said for said in wanted if said not in whole] == []
    assert len(pages) > 3
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert sum(page.count("議題") for page in pages) == len(pages) - 1 + (1 if "議題" in pages[-1] else 0)    # its head comes again


def test_a_book_numbers_every_page_and_leads_to_every_part(tmp_path: Path) -> None:
    with Binding() as book:
        first = book.add(blank(tmp_path / "a.pdf", 2), "資料1 まとめ")
        second = book.add(blank(tmp_path / "b.pdf", 3, (1191, 842)), "資料2 一覧")
        sheet = book.add_sheet(Document("お知らせ", (text("本文"),)), "別紙")
        assert (first.first, first.last, second.first, second.last, sheet.first) == (1, 2, 3, 5, 6)
        assert book.finish(Document("次第", (text("表紙の言葉"),))) == 6
        data = book.path.read_bytes()
    pages = words(data)
    assert "表紙の言葉" in pages[0]
    assert [page.split("\n")[-1].strip()[-5:] for page in pages[1:]] == [f"{number} / 6" for number in range(1, 7)]
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["次第", "資料1 まとめ", "資料2 一覧", "別紙"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_stands_at_the_foot_however_a_page_is_turned(turned: int, tmp_path: Path) -> None:
    with Binding() as book:
        book.add(blank(tmp_path / "a.pdf", 1, (600, 800), turned), "資料1")
        book.finish(Document("次第", ()))
        document = pypdfium2.PdfDocument(book.path)
        picture = document[1].render(scale=1).to_pil().convert("L")
    dark = [(x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) < 128]
    assert dark
    assert min(y for _, y in dark) > picture.height - 40
    assert abs(sum(x for x, _ in dark) / len(dark) - picture.width / 2) < 15


def test_what_cannot_be_read_is_said_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.5\nnothing")
    with Binding() as book:
        locked = book.add(blank(tmp_path / "locked.pdf", password="himitsu"), "資料1 鍵つき")
        broken = book.add(tmp_path / "broken.pdf", "資料2 こわれた紙")
        book.finish(Document("次第", ()))
        pages = words(book.path.read_bytes())
    assert "パスワード" in locked.trouble and "読めません" in broken.trouble
    assert "鍵つき" in pages[1] and "パスワードが付いています" in pages[1]
    assert "こわれた紙" in pages[2]


def test_what_would_act_when_opened_stays_behind(tmp_path: Path) -> None:
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page()
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.lg.jp/")
    page.obj.AA = pikepdf.Dictionary(O=act)
    page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=each)
                                     for each in (act, link)])
    pdf.Root.OpenAction = act
    pdf.save(tmp_path / "acts.pdf")
    with Binding() as book:
        book.add(tmp_path / "acts.pdf", "資料1")
        book.finish(Document("次第", ()))
        with pikepdf.open(book.path) as bound:
            assert "/OpenAction" not in bound.Root and "/AA" not in bound.pages[1].obj
            assert [str(mark.A.S) for mark in bound.pages[1].obj.Annots] == ["/URI"]
