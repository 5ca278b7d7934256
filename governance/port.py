"""What others ask about the plan."""
from collections.abc import Sequence

from governance.queries.roadmap import measures


class Measures:
    """Answers ``PlanMeasures``."""

    def all(self) -> Sequence[tuple[str, str]]:
        return [(each.code, each.title) for each in measures()]
