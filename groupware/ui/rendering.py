"""How pages are rendered: as Flask does, without doing again for each page what is the same on all of them."""
from collections.abc import Callable, MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class Kept(Extension):
    """``{% kept %}…{% endkept %}``: rendered once for the life of the process. For what says the same to everybody, at every hour."""

    tags = {"kept"}

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.rendered: dict[str, str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        where = nodes.Const(f"{parser.name}:{line}")
        return nodes.CallBlock(self.call_method("once", [where]), [], [], body).set_lineno(line)

    def once(self, where: str, caller: Callable[[], str]) -> str:
        if where not in self.rendered:
            self.rendered[where] = caller()
        return self.rendered[where]


class Pages(Environment):
    """No template of ours has globals of its own. Jinja compares those of each macro file with those of the page, at every import
    of every page: two plain dicts cost it a tenth of two chains of them.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.add_extension(Kept)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals
