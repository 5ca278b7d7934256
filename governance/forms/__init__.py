"""One parser per draft."""
from governance.forms.plan import MOST_BYTES, PlanDraft, reason

__all__ = ["MOST_BYTES", "PlanDraft", "reason"]
