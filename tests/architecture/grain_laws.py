"""The grain: how long functions and files are, and names that hide what is inside.

A function's length is the lines of its body: without its docstring, blank lines and lines that hold only a comment.
The medians are taken over every function of the product, inner ones too.
"""
import ast
from collections.abc import Iterator
from statistics import median, quantiles

from tests.architecture.tree import Function, Module, Tree

MEDIAN, NINE_OF_TEN, LONGEST_FILE = 7, 22, 250
SAY_NOTHING = {"utils", "util", "helpers", "misc", "common", "base", "manager"}


def functions_are_short(tree: Tree) -> Iterator[str]:
    lengths = sorted(((body_lines(module, function), module.at(function.lineno, function.name)) for module in tree.modules.values()
                      for function in module.functions()), reverse=True)
    if len(lengths) < 2:
        return
    middle, most = median(length for length, _ in lengths), quantiles([length for length, _ in lengths], n=10, method="inclusive")[-1]
    if middle > MEDIAN or most > NINE_OF_TEN:
        yield f"median {middle} (at most {MEDIAN}), nine of ten within {most} (at most {NINE_OF_TEN}); the longest:"
        yield from (f"  {length:4} {where}" for length, where in lengths[:20])


def files_are_short(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        lines = len(module.source.splitlines())
        if lines > LONGEST_FILE:
            yield module.at(1, f"{lines} lines: above {LONGEST_FILE} a file becomes a folder of the same name")


def names_say_what_is_inside(tree: Tree) -> Iterator[str]:
    for module in tree.modules.values():
        if module.name.rsplit(".", 1)[-1] in SAY_NOTHING:
            yield module.at(1, "a name that says nothing")


LAWS = (functions_are_short, files_are_short, names_say_what_is_inside)


def body_lines(module: Module, function: Function) -> int:
    body = function.body[1:] if _is_docstring(function.body[0]) else function.body
    if not body:
        return 0
    lines = module.source.splitlines()[body[0].lineno - 1:function.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
