"""Who may choose, who keeps the post, who may tell of a disaster in spite of everything."""
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule

ALARMERS = ("emergency", "administrator", "cio")


class Notifications(Permission):
    CHOOSE = "自分へのお知らせの届き方を決める"
    KEEP_POST = "メールの配達を見て、決まりを変える"
    ALARM = "災害の知らせにして、夜間・休暇でも届ける"
    RING = "災害の知らせを届ける"


def can_choose(actor: Actor, _: object) -> bool:
    return actor.user_id > 0


def can_keep_post(actor: Actor, _: object) -> bool:
    return actor.has("administrator")


def can_alarm(actor: Actor, _: object) -> bool:
    return not actor.outside and any(actor.has(role) for role in ALARMERS)


def can_ring(actor: Actor, _: object) -> bool:
    return actor.has("system")


RULES: dict[Permission, Rule] = {Notifications.CHOOSE: can_choose, Notifications.KEEP_POST: can_keep_post, Notifications.ALARM: can_alarm,
                                 Notifications.RING: can_ring}
