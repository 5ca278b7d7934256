"""Questions to the teams themselves; those to what is done in them have modules of their own beside."""
from teams.queries.teams import (
    Load,
    Row,
    around,
    band_of,
    candidates,
    found_by_ids,
    heads_of,
    held,
    is_here,
    loads,
    member_ids,
    members_of,
    over_today,
    partners_of,
    places_of,
    rows,
    seats_as_adviser,
    steps_of,
    team_for,
    unit_names,
)

__all__ = ["Load", "Row", "around", "band_of", "candidates", "found_by_ids", "heads_of", "held", "is_here", "loads", "member_ids", "members_of",
           "over_today", "partners_of", "places_of", "rows", "seats_as_adviser", "steps_of", "team_for", "unit_names"]
