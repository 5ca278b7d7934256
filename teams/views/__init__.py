"""The pages of the teams."""
from teams.views.teams import blueprint

__all__ = ["blueprint"]
