from groupware.files import reactions
from groupware.files.events import EVENTS
from groupware.files.paging import turns
from groupware.files.permissions import RULES, Files
from groupware.files.previews import MakePreview, make_preview
from groupware.files.queries import file_cards
from groupware.files.sweeping import SCHEDULES
from groupware.files.views import blueprint
from groupware.kernel.feature import Feature

FEATURE = Feature(
    name="files", label="ファイル", blueprint=blueprint,
    access={"files.upload": Files.KEEP, "files.download": Files.SEE, "files.preview": Files.SEE, "files.pages": Files.SEE,
            "files.page": Files.SEE},
    rules=RULES, events=EVENTS, reactions=reactions.on, effects={MakePreview: make_preview}, schedules=SCHEDULES, beside=(turns.run,),
    cards={"files.file": file_cards})
