"""What a team works in: one group of the directory, and what other features open for it. Called within commands."""
from groupware.directory.forming import form_group, refill_group
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ports import group_places
from teams.models import Place, Team
from teams.queries import band_of, places_of

GROUP_NAME = "DX推進チーム {}"


def open_places(by: Actor, team: Team) -> None:
    """A room, a board, a body that meets: whatever there is a feature for."""
    team.group_id = form_group(by, _name(team), band_of(team).people)
    db.session.flush()
    for kind, place in group_places().items():
        db.session.add(Place(team_id=team.id, kind=kind, about=str(place.open(band_of(team)))))
    db.session.flush()


def follow_members(team: Team) -> None:
    """The group is who is in the team now, and every door follows in the same transaction."""
    if team.group_id is None:
        return
    db.session.flush()
    band, known = band_of(team), group_places()
    refill_group(SYSTEM, team.group_id, _name(team), band.people)
    for each in places_of(team):
        if each.kind in known:
            known[each.kind].follow(each.ref, band)


def close_places(team: Team) -> None:
    known = group_places()
    for each in places_of(team):
        if each.kind in known:
            known[each.kind].close(each.ref)


def _name(team: Team) -> str:
    return GROUP_NAME.format(team.name)[:60]
