from groupware.directory import documents, seeds, views
from groupware.directory.effects import ImportDue
from groupware.directory.events import EVENTS
from groupware.directory.helping import work_on
from groupware.directory.marking import leave_mark
from groupware.directory.permissions import RULES, Directory
from groupware.directory.reactions import on
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(
    name="directory", label="職員名簿", blueprint=views.blueprint,
    access={"directory.static": PUBLIC, "directory.index": Directory.LOOK, "directory.person": Directory.LOOK, "directory.unit": Directory.LOOK,
            "directory.people": SIGNED_IN, "directory.units": Directory.LOOK},
    rules=RULES, events=EVENTS, reactions=on, effects={ImportDue: work_on}, before_commit=(leave_mark,), jumps=views.jumps, seed=seeds.plant,
    findables=documents.FINDABLES, audiences=documents.circles,
    nouns={"directory.person": "職員", "directory.unit": "組織", "directory.group": "集まり", "directory.word": "言葉",
           "directory.import": "一覧の取り込み"},
    cards={"directory.user": views.person_things, "directory.unit": views.unit_things},
    nav=(NavItem("職員名簿", "people", "directory.index", 90, only=lambda actor: not actor.outside),))
