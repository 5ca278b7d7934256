"""Every law holds in the house, and each of them is seen red on a planted violation."""
from collections.abc import Callable, Iterator

import pytest

from tests.architecture import deed_laws as deeds
from tests.architecture import grain_laws as grain
from tests.architecture import import_laws as imports
from tests.architecture import page_laws as pages
from tests.architecture import word_laws as words
from tests.architecture.conftest import Plant
from tests.architecture.tree import Tree

Law = Callable[[Tree], Iterator[str]]
LAWS: tuple[Law, ...] = (*imports.LAWS, *words.LAWS, *deeds.LAWS, *grain.LAWS, *pages.LAWS)
EVENT = "from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass Posted(Event):\n    "
LONG = "def f():\n" + "    x = 1\n" * 30

PLANTED: list[tuple[Law, str, dict[str, str]]] = [
    (imports.shell_imports_go_down, "stands higher", {"groupware/kernel/db.py": "import groupware.auth.queries", "groupware/auth/queries.py": ""}),
    (imports.shell_imports_go_down, "knows no feature", {"groupware/home/views.py": "from chat.queries import x", "chat/queries.py": ""}),
    (imports.shell_imports_go_down, "no floor yet", {"groupware/attic/x.py": "import groupware.kernel.db", "groupware/kernel/db.py": ""}),
    (imports.no_feature_imports_another, "sideways", {"chat/views.py": "from boards.queries import x", "boards/queries.py": ""}),
    (imports.features_use_the_front_doors, "back room", {"chat/views.py": "from groupware.auth.models import S", "groupware/auth/models.py": ""}),
    (imports.only_the_contents_name_features, "only features.py", {"wsgi.py": "from chat.feature import F", "chat/feature.py": ""}),
    (imports.only_the_contents_name_features, "only their feature.py", {"features.py": "from chat.views import F", "chat/views.py": ""}),
    (imports.rooms_lean_on_lower_rooms, "queries leads up to commands", {"chat/queries.py": "from chat import commands", "chat/commands.py": ""}),
    (imports.rooms_lean_on_lower_rooms, "models leads up to views by chat.cards",
     {"chat/models.py": "from chat.cards import c", "chat/cards.py": "from chat.views import v", "chat/views.py": ""}),
    (imports.no_import_goes_round, "chat.a -> chat.b -> chat.c -> chat.a",
     {"chat/a.py": "import chat.b", "chat/b.py": "import chat.c", "chat/c.py": "import chat.a"}),
    (imports.no_import_goes_round, "groupware.files -> groupware.live -> groupware.files",
     {"groupware/files/a.py": "import groupware.live.b", "groupware/live/b.py": "", "groupware/live/c.py": "import groupware.files.a"}),
    (imports.no_import_hides_in_a_function, "inside a function", {"chat/a.py": "def f():\n    from chat import b", "chat/b.py": ""}),
    (imports.packages_only_introduce_themselves, "more than a docstring", {"chat/__init__.py": '"""Chat."""\nimport os'}),

    (words.commit_lives_in_the_kernel, "chat/views.py:2", {"chat/views.py": "def f(session):\n    session.commit()"}),
    (words.emit_lives_in_live, "yield a Broadcast", {"chat/sockets.py": "socketio.emit('x')"}),
    (words.the_environment_is_read_in_config, "reads the environment", {"chat/views.py": "import os\nx = os.environ['HOST']"}),
    (words.the_environment_is_read_in_config, "reads the environment", {"chat/views.py": "from os import getenv"}),
    (words.only_the_web_process_is_patched, "patches the process", {"groupware/app.py": "from gevent import monkey"}),
    (words.html_is_escaped_in_code, "marks HTML as safe", {"chat/views.py": "x = markupsafe.Markup(text)"}),
    (words.html_is_escaped_in_pages, "room.html:2", {"chat/templates/chat/room.html": "<p>\n{{ body|safe }}"}),

    (deeds.commands_are_commands, "post_message", {"chat/commands.py": "def post_message(actor, room): ..."}),
    (deeds.commands_are_commands, "post_message", {"chat/commands/a.py": "@command()\ndef post_message(actor, room): ..."}),
    (deeds.commands_live_in_command_rooms, "not in the room", {"chat/views.py": "@command(Chat.POST)\ndef post_message(actor): ..."}),
    (deeds.commands_say_a_verb_and_a_noun, "verb_noun", {"chat/commands.py": "@command(Chat.POST)\ndef post(actor): ..."}),
    (deeds.only_commands_write_rows, "queries writes rows", {"chat/queries.py": "from sqlalchemy import select, update"}),
    (deeds.only_commands_write_rows, "views writes rows", {"chat/views/a.py": "db.session.add(Room())"}),
    (deeds.reactions_do_not_act, "gives commands", {"chat/reactions.py": "from chat.commands import f", "chat/commands.py": ""}),
    (deeds.events_are_frozen_and_plain, "not @dataclass", {"chat/events.py": "class Posted(Event):\n    room_id: int"}),
    (deeds.events_are_frozen_and_plain, "holds Message", {"chat/events.py": f"{EVENT}message: Message"}),
    (deeds.permissions_say_a_sentence, "Chat.POST says no sentence", {"chat/permissions.py": "class Chat(Permission):\n    POST = 1"}),
    (deeds.tables_carry_their_package, "does not begin with chat_", {"chat/models.py": "class Room(Base):\n    __tablename__ = 'room'"}),
    (deeds.no_foreign_key_leaves_its_feature, "store a Ref", {"chat/models.py": "x = ForeignKey('boards_notice.id')", "boards/models.py": ""}),

    (grain.functions_are_short, "median 30", {"chat/a.py": LONG + LONG.replace("f()", "g()")}),
    (grain.files_are_short, "251 lines", {"chat/a.py": "x = 1\n" * 251}),
    (grain.names_say_what_is_inside, "says nothing", {"chat/utils.py": ""}),

    (pages.pages_hold_nothing_inline, "a.html:2: a style attribute", {"chat/templates/a.html": "<p>\n<p class=x\n style='color:red'>"}),
    (pages.pages_hold_nothing_inline, "an inline handler", {"chat/templates/a.html": "<button onclick='f()'>"}),
    (pages.pages_hold_nothing_inline, "an inline style", {"chat/templates/a.html": "<style>p {}</style>"}),
    (pages.pages_hold_nothing_inline, "an inline script", {"chat/templates/a.html": "<script type=module>f()</script>"}),
    (pages.pages_hold_nothing_inline, "a javascript: address", {"chat/templates/a.html": "<a href='javascript:f()'>"}),
    (pages.scripts_do_what_the_csp_allows, "code from text", {"chat/static/a.js": "eval('1')"}),
    (pages.scripts_do_what_the_csp_allows, "a style attribute", {"chat/static/a.js": "x.setAttribute('style', 'y')"}),
    (pages.scripts_do_what_the_csp_allows, "HTML from text", {"chat/static/a.js": "x.innerHTML = y"}),
    (pages.nothing_comes_from_outside, "outside of the house", {"chat/templates/a.html": "<img src='//cdn.example/x.png'>"}),
    (pages.nothing_comes_from_outside, "outside of the house", {"chat/static/a.css": "@import url(https://fonts.example/a.css);"}),
    (pages.shared_partials_know_nobody, "knows no current_user", {"chat/templates/chat/_message.html": "{{ current_user.id }}"}),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_house_keeps(law: Law, product: Tree) -> None:
    broken = list(law(product))
    if broken:
        pytest.fail(f"{law.__name__}:\n  " + "\n  ".join(broken), pytrace=False)


@pytest.mark.parametrize(("law", "complaint", "files"), PLANTED, ids=[f"{law.__name__}-{complaint}" for law, complaint, _ in PLANTED])
def test_a_violation_is_seen(law: Law, complaint: str, files: dict[str, str], plant: Plant) -> None:
    assert any(complaint in line for line in law(plant(files)))


def test_the_laws_look_at_the_whole_house(product: Tree) -> None:
    assert {"chat"} <= product.features
    assert {"groupware.kernel", "groupware.directory", "groupware.auth", "groupware.ui", "groupware.app"} <= product.shell
    assert {"features", "serve", "wsgi"} <= set(product.modules)
    assert any(product.files(".html"))


def test_no_law_goes_unseen() -> None:
    assert {law for law, _, _ in PLANTED} == set(LAWS)


def test_what_only_looks_like_a_violation_is_left_in_peace(plant: Plant) -> None:
    tree = plant({
        "chat/templates/chat/room.html": "{# style= #}<script type='application/json'>{}</script><script src='/x.js'></script>"
                                         "<svg xmlns='http://www.w3.org/2000/svg' fill='none'></svg><p data-on='x'>// 注: a.b</p>",
        "chat/sockets.py": "def connect(sid, environ):\n    return environ['REMOTE_ADDR']",
        "chat/events.py": f"{EVENT}room_id: int\n    user_ids: tuple[int, ...] = ()\n    at: datetime | None = None",
        "chat/console.py": "@click.command('post')\ndef post(): ...",
        "chat/commands.py": "@command(Chat.POST, on=room_for)\ndef post_message(actor, room): ...\ndef next_number(room): ..."})
    assert not [line for law in LAWS for line in law(tree)]


def test_a_functions_length_is_its_body_without_words(plant: Plant) -> None:
    tree = plant({"chat/a.py": 'def f(\n    x,\n):\n    """Says.\n\n    More.\n    """\n    # why\n    y = x\n\n    return y\n'})
    module = tree.modules["chat.a"]
    assert [grain.body_lines(module, function) for function in module.functions()] == [2]
