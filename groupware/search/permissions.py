"""Who looks after the index. Who finds what is no rule of its own: it is what each feature shows."""
from collections.abc import Callable, Mapping
from typing import Any

from groupware.directory.permissions import can_keep
from groupware.kernel.permissions import Permission


class Search(Permission):
    KEEP = "検索の索引を見る・確かめる・つくり直す"


RULES: Mapping[Permission, Callable[..., Any]] = {Search.KEEP: can_keep}
