"""For the pages of other rooms: the way to make their thing one of a disaster."""
from flask import Flask, url_for
from flask_login import current_user

from groupware.kernel.permissions import may
from groupware.notifications.permissions import Notifications


def install_doors(app: Flask) -> None:
    app.jinja_env.globals["alarm_door"] = alarm_door


def alarm_door(kind: str, number: int) -> str | None:
    """None for who may not."""
    if not current_user.is_authenticated or not may(current_user, Notifications.ALARM):
        return None
    return url_for("notifications.alarms", about=f"{kind}:{number}")
