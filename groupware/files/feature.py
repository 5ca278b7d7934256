from flask import Flask

from groupware.files import documents, reactions, seeds
from groupware.files.checking import turns as checking
from groupware.files.checking.passing import is_open
from groupware.files.events import EVENTS
from groupware.files.paging import turns
from groupware.files.permissions import RULES, Files
from groupware.files.previews import MakePreview, make_preview
from groupware.files.queries import file_cards
from groupware.files.reading import turns as reading
from groupware.files.sweeping import SCHEDULES
from groupware.files.views import blueprint
from groupware.kernel.feature import Feature
from groupware.kernel.permissions import PUBLIC


def install(app: Flask) -> None:
    """For whatever page says so: how large a file may be, and whether its bytes may be opened."""
    app.jinja_env.globals.update(most_file=lambda: app.config["FILES_MAX_BYTES"], may_open=is_open)


FEATURE = Feature(
    name="files", label="ファイル", blueprint=blueprint,
    access={"files.static": PUBLIC, "files.upload": Files.KEEP, "files.begin_upload": Files.KEEP, "files.upload_state": Files.KEEP,
            "files.continue_upload": Files.KEEP, "files.complete_upload": Files.KEEP, "files.drop_upload": Files.KEEP,
            "files.download": Files.SEE, "files.preview": Files.SEE, "files.pages": Files.SEE, "files.page": Files.SEE,
            "files.page_text": Files.SEE, "files.retention": Files.RETAIN, "files.retention_trial": Files.RETAIN,
            "files.decide_retention": Files.RETAIN, "files.hold": Files.RETAIN, "files.release": Files.RETAIN},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={MakePreview: make_preview}, schedules=SCHEDULES,
    beside=(turns.run, reading.run, checking.run),
    install=install,
    cards={"files.file": file_cards}, findables={"files.file": documents.FINDABLE},
    nouns={"files.retention": "ファイルの保存期間", "files.hold": "ファイルの保存の印"}, seed=seeds.plant)
