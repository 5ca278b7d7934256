"""Deeds and facts: who may change rows, what a command is, what an event holds, whose tables are whose."""
import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import Function, Module, Tree, last_name

READING_ROOMS = {"models", "events", "permissions", "queries", "forms", "views", "sockets", "reactions", "feature"}
WRITING_WORDS = {"insert", "update", "delete"}
PLAIN = {"int", "str", "bool", "float", "None", "date", "datetime", "tuple", "Ref", "ClassVar"}


def commands_are_commands(tree: Tree) -> Iterator[str]:
    """What a command room offers and an actor does carries ``@command(Permission.VERB)`` and is called verb_noun."""
    for module in _rooms(tree, {"commands"}):
        for function in _offered(module):
            if _first_argument(function) == "actor" and not _command(function):
                yield module.at(function.lineno, f"{function.name} is done by an actor without @command(permission)")


def commands_live_in_command_rooms(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if module.room != "commands":
            for function in module.functions():
                if _command(function):
                    yield module.at(function.lineno, f"the command {function.name} is not in the room commands")


def commands_say_a_verb_and_a_noun(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for function in module.functions():
            if _command(function) and not re.fullmatch(r"[a-z]+(_[a-z]+)+", function.name):
                yield module.at(function.lineno, f"{function.name}: a command is called verb_noun")


def only_commands_write_rows(tree: Tree) -> Iterator[str]:
    """Signals and machinery write in rooms of their own; these rooms only look."""
    for module in _rooms(tree, READING_ROOMS):
        for node in module.nodes:
            if _writes(node):
                yield module.at(node.lineno, f"{module.room} writes rows")      # type: ignore[attr-defined]


def reactions_do_not_act(tree: Tree) -> Iterator[str]:
    """Everything that follows is yielded; a reaction gives no command."""
    for module in _rooms(tree, {"reactions"}):
        for imported in tree.imports[module.name]:
            if tree.modules[imported.target].room == "commands":
                yield module.at(imported.line, f"a reaction gives commands ({imported.target})")


def events_are_frozen_and_plain(tree: Tree) -> Iterator[str]:
    for module in _rooms(tree, {"events"}):
        for fact in (node for node in module.tree.body if isinstance(node, ast.ClassDef)):
            if not _frozen(fact):
                yield module.at(fact.lineno, f"{fact.name} is not @dataclass(frozen=True, slots=True)")
            for field in (node for node in fact.body if isinstance(node, ast.AnnAssign)):
                strange = _words(field.annotation) - PLAIN
                if strange:
                    yield module.at(field.lineno, f"{fact.name} holds {', '.join(sorted(strange))}: ids and plain values only")


def permissions_say_a_sentence(tree: Tree) -> Iterator[str]:
    for module in _rooms(tree, {"permissions"}):
        for line, name, value in _members(module, "Permission"):
            if not (isinstance(value, ast.Constant) and isinstance(value.value, str) and len(value.value) > 2):
                yield module.at(line, f"{name} says no sentence")


def tables_carry_their_package(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for node in module.nodes:
            if isinstance(node, ast.Assign) and last_name(node.targets[0]) == "__tablename__":
                name = ast.literal_eval(node.value)
                if not name.startswith(_prefix(module)):
                    yield module.at(node.lineno, f"the table {name} does not begin with {_prefix(module)}")


def no_foreign_key_leaves_its_feature(tree: Tree) -> Iterator[str]:
    """To the shell's tables yes, to another feature's never: a Ref is stored instead."""
    for module in tree.modules.values():
        foreign = tuple(f"{feature}_" for feature in tree.features - {module.package})
        for line, table in _foreign_keys(module):
            if table.startswith(foreign):
                yield module.at(line, f"a foreign key to {table}: store a Ref")


LAWS = (commands_are_commands, commands_live_in_command_rooms, commands_say_a_verb_and_a_noun, only_commands_write_rows,
        reactions_do_not_act, events_are_frozen_and_plain, permissions_say_a_sentence, tables_carry_their_package,
        no_foreign_key_leaves_its_feature)


def _rooms(tree: Tree, names: set[str]) -> Iterator[Module]:
    """Of every package but the kernel, whose modules are machinery by the same names."""
    return (module for module in tree.modules.values() if module.room in names and module.package != "groupware.kernel")


def _offered(module: Module) -> Iterator[Function]:
    return (node for node in module.tree.body if isinstance(node, Function) and not node.name.startswith("_"))


def _first_argument(function: Function) -> str:
    return function.args.args[0].arg if function.args.args else ""


def _command(function: Function) -> bool:
    """Decorated by the kernel's own word, with a permission. ``@click.command()`` is another thing."""
    return any(isinstance(by, ast.Call) and isinstance(by.func, ast.Name) and by.func.id == "command" and by.args
               for by in function.decorator_list)


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("sqlalchemy") and any(alias.name in WRITING_WORDS for alias in node.names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in {"add", "add_all", "merge", "delete"} and last_name(node.func.value) == "session"
    return False


def _frozen(fact: ast.ClassDef) -> bool:
    for by in fact.decorator_list:
        if isinstance(by, ast.Call) and last_name(by) == "dataclass":
            said = {word.arg: ast.literal_eval(word.value) for word in by.keywords}
            return bool(said.get("frozen") and said.get("slots"))
    return False


def _words(annotation: ast.expr) -> set[str]:
    words = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
    return words | {node.attr for node in ast.walk(annotation) if isinstance(node, ast.Attribute)}


def _members(module: Module, base: str) -> Iterator[tuple[int, str, ast.expr]]:
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) and base in {last_name(parent) for parent in node.bases}:
            yield from ((line.lineno, f"{node.name}.{last_name(line.targets[0])}", line.value) for line in node.body if isinstance(line, ast.Assign))


def _foreign_keys(module: Module) -> Iterator[tuple[int, str]]:
    for node in module.nodes:
        if isinstance(node, ast.Call) and last_name(node.func) == "ForeignKey" and isinstance(node.args[0], ast.Constant):
            yield node.lineno, ast.literal_eval(node.args[0])


def _prefix(module: Module) -> str:
    return module.package.removeprefix("groupware.") + "_"
