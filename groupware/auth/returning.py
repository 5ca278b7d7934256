"""Where to go after signing in: a path of this site, never another one."""
import re

HOME = "/"
PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\xa0]{0,2000}")
NOWHERE = re.compile(r"/(sign-in|sign-out|first-run)\b")


def way_back(path: str | None) -> str | None:
    """None unless ``path`` is a plain path of this site: browsers read ``//host``, slash backslash and slash tab as another one."""
    if not path or not PATH.fullmatch(path) or NOWHERE.match(path):
        return None
    return path
