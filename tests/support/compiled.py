"""Templates are compiled once for all the processes that the tests start, as Python keeps its own modules. All of them take five seconds, and
each server would do it again for every page that it is asked for.
"""
from hashlib import sha256

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.support.processes import ROOT

FOLDER = ROOT / "tests" / "support" / "__pycache__"
MAKERS = ("groupware/ui/rendering.py", "requirements.txt")      # what a template becomes is theirs; Jinja itself looks whether it has changed


def keep_compiled() -> None:
    """For every application that is made in this process from now on."""
    made_by = sha256(b"".join((ROOT / name).read_bytes() for name in MAKERS)).hexdigest()[:12]
    folder = FOLDER / f"templates-{made_by}"
    folder.mkdir(parents=True, exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}
