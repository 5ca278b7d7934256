"""Questions about what people are told; this is the front door for all other rooms."""
from groupware.notifications.queries.alarms import alarm_over, is_alarm
from groupware.notifications.queries.codes import code_for, written
from groupware.notifications.queries.stream import notification_for, unread, unread_count, unread_refs

__all__ = ["alarm_over", "code_for", "is_alarm", "notification_for", "unread", "unread_count", "unread_refs", "written"]
