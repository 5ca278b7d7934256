"""What 1,500 people know of 60 skills: what each section wants of each, who is certified for it and who says so of themselves; 60 leaders serve."""
from datetime import timedelta
from functools import partial

from sqlalchemy import insert

from benchmarks.dx.city import SECTIONS, City
from groupware.kernel import clock, db
from training.commands.skills import bring_items, draft_framework, enforce_framework
from training.forms.skills import FrameworkDraft, Item
from training.models.leaders import ACTIVE, NAMED, Term
from training.models.skills import HEAD, LEADER, STAFF, Holding, Rating, Wanted
from training.queries.skills import skills_in_force

SKILLS = 60
WANTED = ((STAFF, 12, SKILLS), (LEADER, 1, 10), (HEAD, 1, 10))       # role, how many people, of how many skills


def learn(city: City) -> None:
    number = draft_framework(city.steering, FrameworkDraft("測りの枠組", "第一版", "測るため", ()))
    bring_items(city.steering, number, [Item(f"S{place:02}", "", f"スキル{place}", "") for place in range(SKILLS)])
    enforce_framework(city.steering, number)
    db.end_reading()
    db.write(partial(_know, city, [skill.id for skill in skills_in_force()]))
    db.end_reading()


def _know(city: City, skills: list[int]) -> None:
    today = clock.today()
    db.session.execute(insert(Term), [
        {"user_id": city.ids[SECTIONS + section], "unit_id": unit_id, "route": NAMED, "state": ACTIVE, "why": "", "order_number": "", "wish": "",
         "starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=900), "changed_at": clock.now()}
        for section, unit_id in enumerate(city.units)])
    db.session.execute(insert(Wanted), [
        {"unit_id": unit_id, "role": role, "skill_id": skill, "level": 1 + (section + place) % 4, "people": people}
        for section, unit_id in enumerate(city.units) for role, people, many in WANTED
        for place, skill in enumerate(skills[:many])])
    lines = [(place, user_id, turn, skill) for place, user_id in enumerate(city.ids) for turn, skill in enumerate(skills)]
    db.session.execute(insert(Holding), [
        {"user_id": user_id, "skill_id": skill, "unit_id": city.units[place % SECTIONS], "level": 1 + (place // SECTIONS + turn) % 4, "told": 0,
         "expires_on": today + timedelta(days=200 * (turn % 4) - 100) if turn % 2 else None} for place, user_id, turn, skill in lines])
    db.session.execute(insert(Rating), [
        {"user_id": user_id, "skill_id": skill, "unit_id": city.units[place % SECTIONS], "level": 1 + (place // SECTIONS + turn) % 3,
         "at": clock.now()} for place, user_id, turn, skill in lines])
