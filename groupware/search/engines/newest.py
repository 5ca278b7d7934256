"""Of every kind the newest, in two statements, however many kinds there are: what of them was found, and where they end."""
from collections import defaultdict
from functools import cached_property
from typing import Any

from sqlalchemy import text

from groupware.kernel import db

Place = tuple[int, int, int]                # time, number, part
EARLIEST, LATEST = 0, 2**62
PLACES = """select at, ref_id, part, text, audience, tokens from search_indexed
    where generation = :generation and kind = wanted.kind and at >= :since and at < :until and at <= :last_at
        and (at < :last_at or wanted.kind > :last_kind or (wanted.kind = :last_kind and ref_id < :last_id))
    order by at desc, ref_id desc, part"""
OF_EACH = "from unnest(cast(:kinds as text[])) as wanted(kind), lateral"
FOUND = text(f"""select wanted.kind, hit.at, hit.ref_id, hit.part, hit.text {OF_EACH} (
    select at, ref_id, part, case when :reads then text else '' end as text from ({PLACES} limit :window) as newest
    where audience = any(cast(:allowed as text[])) and (cast(:words as text) = '' or tokens @@ cast(:words as tsquery))
    order by at desc, ref_id desc, part limit :batch) as hit
    order by wanted.kind, hit.at desc, hit.ref_id desc, hit.part""")      # noqa: S608 (nothing typed is in it)
EDGES = text(f"select wanted.kind, edge.at, edge.ref_id, edge.part {OF_EACH} ({PLACES} offset :window - 1 limit 1) as edge")


class Newest:
    """``kinds`` and ``window``: of which, and how many of each; ``words``, a tsquery, and ``allowed``: which of them are found, and ``batch``
    the most of a kind. Each statement is asked when somebody first wants of it, for all kinds.
    """

    def __init__(self, **asked: Any) -> None:
        self.asked = asked

    def found(self, kind: str) -> list[tuple[int, int, int, str]]:
        """Time, number, part and folded text of each, the newest first."""
        return self._found[kind]

    def edge(self, kind: str) -> Place | None:
        """The last of them, where there are more than these."""
        return self._edges.get(kind)

    @cached_property
    def _found(self) -> dict[str, list[tuple[int, int, int, str]]]:
        of_kind = defaultdict(list)
        for kind, *row in db.session.execute(FOUND, self.asked):
            of_kind[kind].append(tuple(row))
        return of_kind

    @cached_property
    def _edges(self) -> dict[str, Place]:
        return {kind: (at, number, part) for kind, at, number, part in db.session.execute(EDGES, self.asked)}
