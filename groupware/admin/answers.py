"""A deed at the desk: done, and on to its page; or refused, and the form comes back with what was typed."""
from collections.abc import Callable
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from groupware.kernel.errors import Refusal

Answer = Response | tuple[str, int]


def answer(act: Callable[[], Any], then: Callable[[Any], str], again: Callable[[Refusal], str]) -> Answer:
    """``then`` gets what the deed returned and says where to go; ``again`` renders the form beneath the refusal."""
    try:
        done = act()
    except Refusal as refusal:
        return again(refusal), refusal.status
    return redirect(then(done), 303)
