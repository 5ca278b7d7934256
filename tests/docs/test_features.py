"""What the comparison says of us is shown by a test that is there, and what is not there is said."""
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "docs" / "features.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
YES, PARTLY, NO = "●", "○", "–"
BOARDS, MEETINGS = 24, 27


def rows(text: str, section: str) -> list[list[str]]:
    """The cells of the table of a section, without its head."""
    part = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    return found[2:]


def lost(text: str) -> list[str]:
    """Tests that are named and are not there."""
    return [f"{file}::{name}" for file, name in NAMED.findall(text)
            if not (ROOT / file).is_file() or not re.search(rf"^\s*(async )?def {name}\b", (ROOT / file).read_text(), re.MULTILINE)]


def test_every_test_that_is_named_is_there() -> None:
    assert lost(FEATURES.read_text()) == []


@pytest.mark.parametrize(("section", "many"), [("掲示板", BOARDS), ("会議", MEETINGS)])
def test_every_row_says_yes_with_a_test_partly_or_no(section: str, many: int) -> None:
    found = rows(FEATURES.read_text(), section)
    assert len(found) == many
    for row in found:
        ours, shown = row[-2], row[-1]
        assert ours.startswith((YES, PARTLY, NO)), row[0]
        assert bool(NAMED.search(shown)) == (not ours.startswith(NO)), row[0]


@pytest.mark.parametrize("text", ["`tests/docs/test_features.py::test_nobody_wrote`", "`tests/docs/test_gone.py::test_x`"])
def test_a_test_that_is_not_there_is_seen(text: str) -> None:
    assert len(lost(text)) == 1
