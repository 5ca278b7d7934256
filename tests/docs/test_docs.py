"""What the documents name is there: settings, links, the files of the walk, the targets of make. Each check is seen red on a small text."""
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "docs" / "CONFIGURATION.md"
ASKS = {"env", "_flag", "_number", "_words", "getenv"}
NOT_OURS = {"node_modules", "vendor", "data", "shots"}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
OUTSIDE = re.compile(r"[a-z]+:|#")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
SET = re.compile(r"(?<![\w.])([A-Z][A-Z0-9_]{3,})=(?=[\w/])")
TARGET = re.compile(r"\bmake ([a-z-]+)")
WALK = ("chat/sockets.py", "chat/forms.py", "chat/commands/messages.py", "chat/reactions.py")
WALK_STEP = re.compile(r"^\d\. \[`([^`]+)`\]\(([^)]+)\)(?: `([\w.]+)`)?", re.MULTILINE)


def test_every_setting_that_is_read_stands_in_the_table() -> None:
    assert settings_read((ROOT / "groupware" / "config.py").read_text()) == set(ROW.findall(CONFIGURATION.read_text()))


def test_no_setting_stands_twice_in_the_table() -> None:
    names = ROW.findall(CONFIGURATION.read_text())
    assert len(names) == len(set(names))


def test_every_setting_that_another_document_names_is_one() -> None:
    known = set(ROW.findall(CONFIGURATION.read_text()))
    assert {name for page in pages() for name in SET.findall(page.read_text())} <= known


def test_every_link_between_the_documents_leads_somewhere() -> None:
    assert [lost for page in pages() for lost in lost_links(page.read_text(), page)] == []


def test_the_walk_to_a_message_is_exactly_four_files() -> None:
    steps = walk()
    assert tuple(shown for shown, _, _ in steps) == WALK
    assert all(shown == link for shown, link, _ in steps)
    assert all((ROOT / link).is_file() for _, link, _ in steps)


def test_what_the_walk_names_is_in_its_file() -> None:
    for shown, _, name in walk():
        if name:
            assert re.search(rf"^\s*(def|class) {name.split('.')[0]}\b", (ROOT / shown).read_text(), re.MULTILINE), f"{shown} has no {name}"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/OPERATIONS.md", "docs/CONFIGURATION.md", "docs/STYLE.md"])
def test_every_target_of_make_that_a_document_names_exists(document: str) -> None:
    assert set(TARGET.findall((ROOT / document).read_text())) <= targets((ROOT / "Makefile").read_text())


def test_the_first_page_names_the_two_commands() -> None:
    assert {"run", "test"} <= set(TARGET.findall((ROOT / "README.md").read_text()))


def test_a_setting_is_seen_however_it_is_asked_for() -> None:
    text = 'env("HOST") or _flag("DEMO", otherwise=True)\n_number("PORT", 1)\n"ORIGINS" in os.environ\nos.environ["DATA"]\nos.environ.get("SECRET")'
    assert settings_read(text) == {"HOST", "DEMO", "PORT", "ORIGINS", "DATA", "SECRET"}


def test_a_link_to_nowhere_is_seen(tmp_path: Path) -> None:
    text = "[a](there.md) ![b](gone.png) [c](https://example.lg.jp) [d](#here) [e](there.md#part) [f](../gone)"
    (tmp_path / "there.md").touch()
    assert [lost.rsplit(" ", 1)[1] for lost in lost_links(text, tmp_path / "page.md")] == ["gone.png", "../gone"]


def test_only_what_is_a_target_counts_as_one() -> None:
    assert targets("run: ready ## 動かす\n\t@echo x\n.PHONY: lost\nHERE := a\ntest: run\n") == {"run", "test"}


def pages() -> list[Path]:
    """Every document of ours."""
    folders = [place for place in ROOT.iterdir() if place.is_dir() and place.name not in NOT_OURS and not place.name.startswith(".")]
    found = [*ROOT.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))]
    return sorted(page for page in found if not NOT_OURS & set(page.relative_to(ROOT).parts))


def walk() -> list[tuple[str, str, str]]:
    """(file as it is shown, where its link leads, what is named in it) of each step."""
    return WALK_STEP.findall((ROOT / "CONTRIBUTING.md").read_text().split("\n## ")[1])


def settings_read(source: str) -> set[str]:
    return {name for node in ast.walk(ast.parse(source)) for name in _asked(node)}


def lost_links(text: str, page: Path) -> Iterator[str]:
    for link in LINK.findall(text):
        if not OUTSIDE.match(link) and not (page.parent / link.partition("#")[0]).exists():
            yield f"{page.name} leads to {link}"


def targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))


def _asked(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=asker), args=[ast.Constant(value=str(name)), *_]) if asker in ASKS:
            yield name
        case ast.Call(func=ast.Attribute(value=place, attr="get"), args=[ast.Constant(value=str(name)), *_]) if _is_environment(place):
            yield name
        case ast.Subscript(value=place, slice=ast.Constant(value=str(name))) if _is_environment(place):
            yield name
        case ast.Compare(left=ast.Constant(value=str(name)), comparators=[place]) if _is_environment(place):
            yield name


def _is_environment(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"
