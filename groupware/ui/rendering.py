"""How pages are rendered: as Flask does, without doing again for each page what is the same on all of them."""
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

MOST_KEPT = 3_000


class Kept(Extension):
    """``{% kept %}…{% endkept %}``: rendered once for the life of the process. For what says the same to everybody, at every hour.

    ``{% kept places %}…{% endkept %}``: once for each value that is named, on which alone what it says may hang.
    """

    tags = {"kept"}

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.rendered: dict[tuple[str, Hashable], str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        value = nodes.Const(None) if parser.stream.current.test("block_end") else parser.parse_expression()
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        where = nodes.Const(f"{parser.name}:{line}")
        return nodes.CallBlock(self.call_method("once", [where, value]), [], [], body).set_lineno(line)

    def once(self, where: str, value: Hashable, caller: Callable[[], str]) -> str:
        found = self.rendered.get((where, value))
        if found is None:
            if len(self.rendered) >= MOST_KEPT:
                self.rendered.clear()
            found = self.rendered[where, value] = caller()
        return found


class Pages(Environment):
    """No template of ours has globals of its own. Jinja compares those of each macro file with those of the page, at every import
    of every page: two plain dicts cost it a tenth of two chains of them.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.add_extension(Kept)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals
