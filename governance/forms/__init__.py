"""One parser per draft."""
from governance.forms.plan import MOST_BYTES, PlanDraft

__all__ = ["MOST_BYTES", "PlanDraft"]
