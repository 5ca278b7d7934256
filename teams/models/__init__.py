"""A team and its life; what is done in it has modules of its own beside."""
from teams.models.teams import (
    ACTIVE,
    ADVISER,
    ARCHIVED,
    ARRANGING,
    ASKING,
    DISSOLVED,
    DROPPED,
    LEADER,
    MEMBER,
    OWNER,
    PAUSED,
    PROPOSED,
    REPORTED,
    ROLES,
    RUNNING,
    STARTED,
    STATES,
    WAY,
    Member,
    Partner,
    Place,
    Step,
    Team,
)

__all__ = ["ACTIVE", "ADVISER", "ARCHIVED", "ARRANGING", "ASKING", "DISSOLVED", "DROPPED", "LEADER", "MEMBER", "OWNER", "PAUSED", "PROPOSED",
           "REPORTED", "ROLES", "RUNNING", "STARTED", "STATES", "WAY", "Member", "Partner", "Place", "Step", "Team"]
