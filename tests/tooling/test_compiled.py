"""What is kept of templates is theirs as long as they are what they were."""
from pathlib import Path

from flask import Flask, render_template

from tests.conftest import InProcess


def test_the_house_keeps_its_templates_and_one_that_has_changed_is_compiled_anew(house: InProcess, tmp_path: Path) -> None:
    assert house.app.jinja_env.bytecode_cache
    assert [_rendered(tmp_path, text) for text in ("前", "前", "後")] == ["前", "前", "後"]


def _rendered(folder: Path, text: str) -> str:
    (folder / "page.html").write_text(text)
    app = Flask("kept", template_folder=folder)
    with app.app_context():
        return render_template("page.html")
