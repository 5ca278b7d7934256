"""CSV as Excel makes it and takes it."""
import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from groupware.directory.forms import PEOPLE, UNITS
from groupware.directory.tables.columns import COLUMNS
from groupware.directory.tables.reading import decode, read
from groupware.directory.tables.writing import CP932, ENCODINGS, UTF8, lost, write
from groupware.kernel.errors import Invalid

ROW = {column.field: "" for column in COLUMNS[PEOPLE]} | {"staff_number": "002079", "family": "髙﨑", "given": "栞", "post": "課長"}
TRICKY = "=+-@'＝＋－＠\"',;:\n 　0123456789~〜～−－①Ⅳ㈱髙﨑邉渡藤ｱﾊﾟﾞぁァーabcABC"
IN_CP932 = "".join(chr(code) for code in range(0x20, 0xFFFF) if chr(code).encode("cp932", "ignore").decode("cp932") == chr(code) != "\x7f")
cells = some.one_of(some.text(TRICKY, max_size=8), some.text(IN_CP932, max_size=8))
rows = some.lists(some.fixed_dictionaries({column.field: cells for column in COLUMNS[PEOPLE]}), max_size=3)
drawn = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])     # of a row's many cells each is an example


def csv_of(*lines: str) -> str:
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
@drawn
@given(written=rows)
def test_whatever_is_written_is_read_again(encoding: str, written: list[dict[str, str]]) -> None:
    """cp932 writes a few signs as their twins: what it makes of a cell is what comes back."""
    expected = [{name: cell.encode(encoding).decode(encoding).strip() for name, cell in row.items()} for row in written]
    sheet = read(PEOPLE, write(PEOPLE, written, encoding))
    assert [line.cells for line in sheet.lines] == [row for row in expected if any(row.values())]


@pytest.mark.parametrize("encoding", ENCODINGS)
@drawn
@given(written=rows)
def test_no_cell_begins_like_a_formula(encoding: str, written: list[dict[str, str]]) -> None:
    text = write(PEOPLE, written, encoding).decode(encoding)
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]


@pytest.mark.parametrize(("encoding", "named"), [("cp932", "cp932"), ("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig")])
def test_the_encoding_is_found_out_and_the_first_heading_is_whole(encoding: str, named: str) -> None:
    text = csv_of("職員番号,姓", "002079,髙﨑")
    sheet = read(PEOPLE, text.encode(encoding))
    assert sheet.lines[0].cells == {"staff_number": "002079", "family": "髙﨑"}
    assert decode(text.encode(encoding)) == (text, named)


def test_columns_stand_in_any_order_under_several_names_and_others_are_left_alone() -> None:
    sheet = read(PEOPLE, csv_of("備考,役職, 姓 ,職員 番号,Email", "x,課長,髙﨑,002079,a@example.jp").encode())
    assert sheet.lines[0].cells == {"post": "課長", "family": "髙﨑", "staff_number": "002079"} | {"email": "a@example.jp"}
    assert sheet.unused == ("備考",)
    assert sheet.fields == {"post", "family", "staff_number", "email"}


def test_lines_are_counted_as_excel_counts_them_also_behind_a_cell_of_two_lines() -> None:
    sheet = read(PEOPLE, csv_of("職員番号,姓", '1,"髙\r\n﨑"', "", "2,柏木").encode())
    assert [(line.number, line.cells["staff_number"]) for line in sheet.lines] == [(2, "1"), (5, "2")]


def test_short_rows_are_filled_and_empty_ones_left_out() -> None:
    sheet = read(PEOPLE, csv_of("職員番号,姓,内線", "1,髙﨑", ",,", "2,柏木,2111,,").encode())
    assert [line.cells["extension"] for line in sheet.lines] == ["", "2111"]


@pytest.mark.parametrize(("body", "sentence"), [
    ("職員番号,姓\r\n1,髙﨑\r\n".encode("utf-16"), "CSV UTF-8"), (b"\x81\xff\xfe\x00,x", "読み方"),
    ("姓,名\r\n".encode(), "職員番号"), (b"", "行がありません"),
    ("職員番号,姓,氏\r\n".encode(), "同じ意味"), ("職員番号,姓\r\n1,髙,﨑\r\n".encode(), "2行目"),
    ('職員番号,姓\r\n1,"髙﨑\r\n'.encode(), "2行目"),
    (("職員番号,姓\r\n" + "1,x\r\n" * 20_001).encode(), "行が多すぎます")])
def test_a_file_that_cannot_be_read_says_why(body: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        read(PEOPLE, body)
    assert set(refused.value.fields) == {"file"}


def test_what_cp932_does_not_have_becomes_a_geta_and_is_told_before() -> None:
    row = ROW | {"family": "𠮷田", "given": "〓"}
    assert [(each.line, each.title, each.text) for each in lost(PEOPLE, [ROW, row], CP932)] == [(3, "姓", "𠮷田")]
    assert lost(PEOPLE, [ROW, row], UTF8) == []
    assert read(PEOPLE, write(PEOPLE, [row], CP932)).lines[0].cells["family"] == "〓田"
    assert read(PEOPLE, write(PEOPLE, [row], UTF8)).lines[0].cells["family"] == "𠮷田"


def test_a_list_for_excel_has_its_mark_its_line_ends_and_its_zeros() -> None:
    assert write(PEOPLE, [ROW], UTF8).startswith("\ufeff職員番号,姓".encode())
    assert b"\r\n002079," in write(PEOPLE, [ROW], CP932)
    assert read(UNITS, "所属コード\r\n0110\r\n".encode("cp932")).lines[0].cells == {"code": "0110"}
