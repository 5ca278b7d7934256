"""Questions to the directory; this is its front door for all other rooms."""
from groupware.directory.queries.finding import find_people
from groupware.directory.queries.people import (
    PersonCard,
    actor_for,
    ids_by_staff_number,
    is_empty,
    people_cards,
    person_for,
    posts_of,
)
from groupware.directory.queries.units import (
    UnitNode,
    city_name,
    holders_of_post,
    ids_by_unit_code,
    members_of_unit,
    unit_for,
    unit_tree,
)

__all__ = ["PersonCard", "UnitNode", "actor_for", "city_name", "find_people", "holders_of_post", "ids_by_staff_number", "ids_by_unit_code",
           "is_empty", "members_of_unit", "people_cards", "person_for", "posts_of", "unit_for", "unit_tree"]
