"""A real spreadsheet, in which a cell is changed as a person would: opened, written into, saved by the program itself."""
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

PACKAGE = "apt-get install --no-install-recommends libreoffice-calc-nogui"
TEXT = "Text - txt - csv (StarCalc)"
# Filter, and what it is told: comma, quotes, the character set (76 UTF-8, 60 Windows-932), the first line, every column as text.
COLUMNS = "/".join(f"{column}/2" for column in range(1, 31))
WAYS = {"xlsx": ("xlsx", "Calc MS Excel 2007 XML", ""), "utf-8-sig": ("csv", TEXT, f"44,34,76,1,{COLUMNS}"),
        "cp932": ("csv", TEXT, f"44,34,60,1,{COLUMNS}")}
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>"""
MACRO = """Sub Change
 Dim way(2) As New com.sun.star.beans.PropertyValue
 way(0).Name = "Hidden" : way(0).Value = True
 way(1).Name = "FilterName" : way(1).Value = "{filter}"
 way(2).Name = "FilterOptions" : way(2).Value = "{options}"
 book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, way())
 sheet = book.Sheets.getByIndex(0)
 For column = 0 To 40
  If sheet.getCellByPosition(column, 0).String = "{title}" Then sheet.getCellByPosition(column, 1).String = "{words}"
 Next
 book.storeToURL("{target}", way())
 book.close(True)
 StarDesktop.terminate
End Sub"""


def changed_in_office(data: bytes, folder: Path, form: str, title: str, words: str) -> bytes:
    """In the first line below the head."""
    if shutil.which("soffice") is None:
        pytest.skip(f"needs LibreOffice: {PACKAGE}")
    ending, name, options = WAYS[form]
    source, target = folder / f"out.{ending}", folder / f"back.{ending}"
    source.write_bytes(data)
    _office(folder, "--terminate_after_init")       # the first start fills its own folder, over whatever lies there
    macro = MACRO.format(filter=name, options=options, source=source.as_uri(), target=target.as_uri(), title=title, words=words)
    (folder / "office/user/basic/Standard/Module1.xba").write_text(MODULE.format(escape(macro)), encoding="utf-8")
    _office(folder, "macro:///Standard.Module1.Change")
    return target.read_bytes()


def _office(folder: Path, act: str) -> None:
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--norestore", act], check=True, timeout=120,
                   capture_output=True)
