"""Imports only go down, never sideways, never round, never hidden."""
from collections.abc import Iterator

from tests.architecture.tree import Import, Module, Tree

FLOORS = (
    {"kernel"}, {"config"}, {"directory"}, {"auth", "files", "live", "links", "printing"}, {"notifications", "search", "audit"},
    {"ui", "home", "admin", "health", "running", "approvals", "keeping"}, {"shell"}, {"logs", "database"}, {"app"})
FLOOR = {"groupware": 0} | {f"groupware.{name}": height for height, names in enumerate(FLOORS) for name in names}

ROOMS = ({"models", "events"}, {"permissions", "forms"}, {"queries"}, {"commands", "reactions"}, {"views", "sockets", "seeds"}, {"feature"})
HEIGHT = {name: height for height, names in enumerate(ROOMS) for name in names}

BACK_ROOMS = {"models", "views", "sockets", "reactions", "seeds", "feature", "forms"}      # of the shell: not for features
CONTENTS = {"features"}                                                                    # the one file that names the features


def shell_imports_go_down(tree: Tree) -> Iterator[str]:
    """A room of the shell leans on its own floor and on those below it."""
    for module, imported, target in _edges(tree):
        if module.package not in tree.shell or target.package == module.package:
            continue
        if module.package not in FLOOR:
            yield module.at(1, f"{module.package} has no floor yet: say in import_laws.py which one it stands on")
        elif target.package in tree.features:
            yield module.at(imported.line, f"the shell knows no feature, but {target.name} is one's")
        elif FLOOR.get(target.package, len(FLOORS)) > FLOOR[module.package]:
            yield module.at(imported.line, f"{target.name} stands higher than {module.package}")


def no_feature_imports_another(tree: Tree) -> Iterator[str]:
    for module, imported, target in _edges(tree):
        if module.package in tree.features and target.package in tree.features - {module.package}:
            yield module.at(imported.line, f"sideways to {target.name}: a Ref, an event or a port is the way")


def features_use_the_front_doors(tree: Tree) -> Iterator[str]:
    """The kernel is open; of the other rooms of the shell only what is not a back room."""
    for module, imported, target in _edges(tree):
        if module.package in tree.features and target.package in tree.shell - {"groupware.kernel"} and target.room in BACK_ROOMS:
            yield module.at(imported.line, f"{target.name} is a back room: ask its queries or commands")


def only_the_contents_name_features(tree: Tree) -> Iterator[str]:
    """``features.py`` imports manifests and nothing else; no other file outside of a feature imports one."""
    for module, imported, target in _edges(tree):
        outside = module.package not in tree.features | tree.shell
        if outside and target.package in tree.features and not (module.name in CONTENTS and target.room == "feature"):
            yield module.at(imported.line, f"{target.name}: only features.py names features, and only their feature.py")


def rooms_lean_on_lower_rooms(tree: Tree) -> Iterator[str]:
    """models, events <- permissions, forms <- queries <- commands, reactions <- views, sockets, seeds <- feature.

    Rooms with other names (rendering, cards) stand where they are used: whatever they lead to counts for who imports them.
    """
    for module, imported, target in _edges(tree):
        if module.package == target.package and module.room in HEIGHT and module.package != "groupware.kernel":
            for reached in sorted(_reached(tree, target)):
                if HEIGHT[reached] > HEIGHT[module.room]:
                    yield module.at(imported.line, f"{module.room} leads up to {reached} by {target.name}")


def no_import_goes_round(tree: Tree) -> Iterator[str]:
    """Neither between modules nor between the packages of the shell."""
    modules = {name: {i.target for i in imports if i.target != name} for name, imports in tree.imports.items()}
    packages: dict[str, set[str]] = {}
    for module, _, target in _edges(tree):
        if module.package != target.package and module.package in FLOOR and target.package in FLOOR:
            packages.setdefault(module.package, set()).add(target.package)
    for round_ in [*_rounds(modules), *_rounds(packages)]:
        yield "round and round: " + " -> ".join(round_)


def no_import_hides_in_a_function(tree: Tree) -> Iterator[str]:
    for module, imported, target in _edges(tree):
        if imported.hidden:
            yield module.at(imported.line, f"{target.name} is imported inside a function")


def packages_only_introduce_themselves(tree: Tree) -> Iterator[str]:
    """``__init__.py`` is a docstring: what the room is for."""
    for module in tree.modules.values():
        if module.name == module.package and module.path.endswith("__init__.py") and len(module.tree.body) > 1:
            yield module.at(module.tree.body[1].lineno, "more than a docstring")


LAWS = (shell_imports_go_down, no_feature_imports_another, features_use_the_front_doors, only_the_contents_name_features,
        rooms_lean_on_lower_rooms, no_import_goes_round, no_import_hides_in_a_function, packages_only_introduce_themselves)


def _edges(tree: Tree) -> Iterator[tuple[Module, Import, Module]]:
    for name, imports in tree.imports.items():
        for imported in imports:
            yield tree.modules[name], imported, tree.modules[imported.target]


def _reached(tree: Tree, start: Module) -> set[str]:
    """The named rooms to which a module belongs or, through rooms without a place of their own, leads."""
    reached, seen, ahead = set(), set(), [start]
    while ahead:
        module = ahead.pop()
        if module.room in HEIGHT:
            reached.add(module.room)
        elif module.name not in seen:
            seen.add(module.name)
            ahead += [tree.modules[i.target] for i in tree.imports[module.name] if tree.modules[i.target].package == start.package]
    return reached


def _rounds(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Each way that comes back to where it began, told once."""
    done: set[str] = set()
    for start in sorted(graph):
        way = _way_back(graph, start, done)
        if way:
            yield way
        done.add(start)


def _way_back(graph: dict[str, set[str]], start: str, done: set[str]) -> list[str]:
    ahead, seen = [[start]], set(done)
    while ahead:
        way = ahead.pop()
        for target in sorted(graph.get(way[-1], ())):
            if target == start:
                return [*way, start]
            if target not in seen:
                seen.add(target)
                ahead.append([*way, target])
    return []
