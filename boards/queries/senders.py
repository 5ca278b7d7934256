"""On whose behalf somebody may speak: their own name, their units and sections, their roles."""
from groupware.directory.queries import circle, circle_names, posts_of
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid


def senders_of(actor: Actor) -> list[tuple[str, str]]:
    """(circle, name), the section of the 主務 first."""
    found: dict[str, str] = {}
    for place in [] if actor.outside else posts_of(actor.user_id):
        found.setdefault(circle("below", place.section_id), place.section)
        found.setdefault(circle("below", place.unit_id), place.where)
    names = circle_names(())
    return [*found.items(), *((f"role:{role}", names[f"role:{role}"]) for role in sorted(actor.roles) if f"role:{role}" in names),
            (circle("person", actor.user_id), actor.name)]


def sender_name(actor: Actor, sender: str) -> str:
    """Raises Invalid for somebody on whose behalf the actor does not speak."""
    name = dict(senders_of(actor)).get(sender)
    if name is None:
        raise Invalid(sender="自分の所属か役割、または自分の名前から選んでください。")
    return name
