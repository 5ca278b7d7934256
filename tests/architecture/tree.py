"""The product as the laws see it: its modules parsed, who imports whom, its pages. A law is a function from a tree to complaints.

A planted tree of a few files does as well as the house itself: so every law can be seen red.
"""
import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NOT_PRODUCT = {"tests", "tools", "migrations", "benchmarks", "deploy", "docs", "node_modules", "data", "shots"}
NOT_OURS = {"vendor", "node_modules", "__pycache__"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """``target`` is a module of the product; ``hidden`` when it stands inside a function."""

    line: int
    target: str
    hidden: bool


@dataclass(frozen=True)
class Module:
    """``chat.commands.messages``: package ``chat``, room ``commands``. ``groupware.auth.views``: package ``groupware.auth``, room ``views``."""

    name: str
    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All of the tree, walked once for every law that looks at it."""
        return list(ast.walk(self.tree))

    @cached_property
    def package(self) -> str:
        parts = self.name.split(".")
        return ".".join(parts[:2 if parts[0] == "groupware" else 1])

    @cached_property
    def room(self) -> str:
        return self.name.removeprefix(self.package).removeprefix(".").split(".")[0]

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes if isinstance(node, Function))

    @cached_property
    def calls(self) -> list[tuple[int, str]]:
        """(line, name of what is called): ``commit`` for both ``commit()`` and ``session.commit()``."""
        return [(node.lineno, last_name(node.func)) for node in self.nodes if isinstance(node, ast.Call)]

    def at(self, line: int, sentence: str) -> str:
        return f"{self.path}:{line}: {sentence}"


class Tree:
    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def modules(self) -> dict[str, Module]:
        found = [self._module(path) for path in self.paths if path.suffix == ".py"]
        return {module.name: module for module in found}

    @cached_property
    def paths(self) -> list[Path]:
        """The product's own files; what lies beside them (packages, data) is not even looked into."""
        found: list[Path] = []
        for folder, below, names in os.walk(self.root):
            at = Path(folder)
            leave = NOT_OURS | NOT_PRODUCT if at == self.root else NOT_OURS
            below[:] = [name for name in below if name not in leave and not name.startswith(".")]
            found += [at / name for name in names if not name.startswith(".")]
        return sorted(found)

    @cached_property
    def features(self) -> set[str]:
        """The packages that lean on the shell: every folder of the product but ``groupware``."""
        return {module.package for module in self.modules.values() if "/" in module.path} - self.shell - {"groupware"}

    @cached_property
    def shell(self) -> set[str]:
        return {module.package for module in self.modules.values() if module.name.startswith("groupware.")}

    @cached_property
    def imports(self) -> dict[str, list[Import]]:
        return {name: list(self._imports(module)) for name, module in self.modules.items()}

    def files(self, *endings: str) -> Iterator[tuple[str, str]]:
        """(path, text) of the product's own pages, styles and scripts."""
        return ((str(path.relative_to(self.root)), path.read_text()) for path in self.paths if path.suffix in endings)

    def _module(self, path: Path) -> Module:
        relative = path.relative_to(self.root)
        return Module(".".join(relative.with_suffix("").parts).removesuffix(".__init__"), str(relative), path.read_text())

    def _imports(self, module: Module) -> Iterator[Import]:
        inside = [(function.lineno, function.end_lineno or 0) for function in module.functions()]
        for node in (node for node in module.nodes if isinstance(node, ast.Import | ast.ImportFrom)):
            hidden = any(first <= node.lineno <= last for first, last in inside)
            yield from (Import(node.lineno, target, hidden) for target in self._targets(node))

    def _targets(self, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        """``from chat import reading`` means the module ``chat.reading`` where there is one, else ``chat``."""
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in self.modules)
        elif node.module:
            for name in (alias.name for alias in node.names):
                inner = f"{node.module}.{name}"
                if inner in self.modules or node.module in self.modules:
                    yield inner if inner in self.modules else node.module


def last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=function):
            return last_name(function)
    return ""
