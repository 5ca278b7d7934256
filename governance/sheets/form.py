"""The columns of the progress sheet. The child reads with it: nothing here knows the database."""
from dataclasses import dataclass

KEY, MEASURE, YEAR, PERIOD = "番号", "施策", "年度", "期"
# The name of a column on the sheet, the attribute of the report that it fills in. Others only tell which line it is.
FILLED = {"実績値": "value", "いまの様子（一行）": "line", "評価": "rating", "評価を変えるわけ": "rating_reason", "主な成果": "results",
          "課題": "issues", "支援してほしいこと": "support", "次の期の予定": "next_steps"}
TITLES = (KEY, MEASURE, YEAR, PERIOD, *FILLED)
TITLE_OF = {field: title for title, field in FILLED.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` as a spreadsheet counts, the headings being 1. ``cells`` by the names of the columns."""

    number: int
    cells: dict[str, str]
