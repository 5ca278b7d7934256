"""Questions to the directory; this is its front door for all other rooms."""
from groupware.directory.queries.actors import actor_for, actor_under
from groupware.directory.queries.circles import (
    ALL,
    Standing,
    circle,
    circle_names,
    circles_of,
    heads_of_units,
    is_circle,
    main_unit,
    people_in,
    standing_of,
    units_headed,
)
from groupware.directory.queries.finding import find_people
from groupware.directory.queries.groups import group_for, groups_of, members_of_group
from groupware.directory.queries.marks import directory_mark
from groupware.directory.queries.people import (
    PersonCard,
    holders_of_role,
    ids_by_staff_number,
    is_empty,
    outsiders,
    people_cards,
    person_for,
    staff_kind_of,
)
from groupware.directory.queries.places import Place, main_seats, posts_of, seated_since, side_sections
from groupware.directory.queries.units import (
    UnitNode,
    all_units,
    city_name,
    holders_of_post,
    ids_by_unit_code,
    members_of_unit,
    sections_of,
    unit_for,
    unit_tree,
    units_by_id,
)
from groupware.directory.queries.visibility import visible_people

__all__ = [
    "ALL", "PersonCard", "Place", "Standing", "UnitNode", "actor_for", "actor_under", "all_units", "circle", "circle_names", "circles_of",
    "city_name", "directory_mark", "find_people", "group_for", "groups_of", "heads_of_units", "holders_of_post", "holders_of_role",
    "ids_by_staff_number", "ids_by_unit_code", "is_circle", "is_empty", "main_seats", "main_unit", "members_of_group", "members_of_unit",
    "outsiders", "people_cards", "people_in", "person_for", "posts_of", "seated_since", "sections_of", "side_sections", "staff_kind_of",
    "standing_of", "unit_for", "unit_tree", "units_by_id", "units_headed", "visible_people"]
