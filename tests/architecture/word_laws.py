"""Some words have one home. Whoever needs them elsewhere says why, here."""
import ast
from collections.abc import Callable, Iterator

from tests.architecture.tree import Module, Tree, last_name

ENVIRONMENT_ELSEWHERE = {
    "groupware/running/parent.py": "hands its own environment on to its children, and reads nothing in it",
}
MARKUP_ELSEWHERE: dict[str, str] = {        # path of a Python file: why its HTML is safe
    "groupware/ui/assets.py": "the import map: JSON of our own file names",
    "groupware/ui/words.py": "what kernel.markup has cleaned and a row has kept",
}
SAFE_ELSEWHERE: dict[str, str] = {}         # path of a template: why what it marks as safe is
PATCHED = {"serve.py": "the web process: the patch comes before every other import"}


def commit_lives_in_the_kernel(tree: Tree) -> Iterator[str]:
    yield from _calls(tree, "commit", lambda module: module.package == "groupware.kernel", "commits: only the kernel does")


def emit_lives_in_live(tree: Tree) -> Iterator[str]:
    yield from _calls(tree, "emit", lambda module: module.package == "groupware.live", "emits: yield a Broadcast instead")


def the_environment_is_read_in_config(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if module.name == "groupware.config" or module.path in ENVIRONMENT_ELSEWHERE:
            continue
        for node in module.nodes:
            if _reads_environment(node):
                yield module.at(node.lineno, "reads the environment: only groupware/config.py does")    # type: ignore[attr-defined]


def only_the_web_process_is_patched(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        for node in module.nodes:
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
            if names & {"monkey", "gevent.monkey"} and module.path not in PATCHED:
                yield module.at(node.lineno, "patches the process: only serve.py does")      # type: ignore[attr-defined]


def html_is_escaped_in_code(tree: Tree) -> Iterator[str]:
    yield from _calls(tree, "Markup", lambda module: module.path in MARKUP_ELSEWHERE, "marks HTML as safe: say why in word_laws.py")


def html_is_escaped_in_pages(tree: Tree) -> Iterator[str]:
    for path, text in tree.files(".html", ".jinja", ".txt"):
        for number, line in enumerate(text.splitlines(), 1):
            words = line.replace("|safe", "| safe")
            if ("| safe" in words or "autoescape false" in words) and path not in SAFE_ELSEWHERE:
                yield f"{path}:{number}: marks HTML as safe: say why in word_laws.py"


LAWS = (commit_lives_in_the_kernel, emit_lives_in_live, the_environment_is_read_in_config, only_the_web_process_is_patched,
        html_is_escaped_in_code, html_is_escaped_in_pages)


def _calls(tree: Tree, word: str, at_home: Callable[[Module], bool], sentence: str) -> Iterator[str]:
    for module in tree.modules.values():
        if not at_home(module):
            yield from (module.at(line, sentence) for line, name in module.calls if name == word)


def _reads_environment(node: ast.AST) -> bool:
    """``os.environ``, ``os.getenv``, and both imported by name. A WSGI ``environ`` is another thing."""
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in {"environ", "getenv"} for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and last_name(node.value) == "os"
