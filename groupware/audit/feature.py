"""Who did what, for whom, from where: one entry per event, written in the same transaction, sealed in a chain."""
from datetime import timedelta

from groupware.audit import chain, console, roots
from groupware.audit.events import EntriesTaken
from groupware.audit.permissions import RULES, Audit
from groupware.audit.views import blueprint
from groupware.audit.writing import write_entries, write_refusal
from groupware.kernel.feature import Feature
from groupware.kernel.jobs import Schedule
from groupware.kernel.permissions import SIGNED_IN


def _seal() -> None:
    chain.seal()


FEATURE = Feature(
    name="audit", label="監査", blueprint=blueprint, before_commit=(write_entries,), on_refusal=(write_refusal,), events=(EntriesTaken,), rules=RULES,
    access={"audit.index": Audit.READ, "audit.take": Audit.READ, "audit.mine": SIGNED_IN}, commands=console.group,
    schedules=(Schedule("audit.seal", timedelta(seconds=5), _seal), Schedule("audit.export", timedelta(minutes=1), roots.export)))
