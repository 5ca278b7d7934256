from groupware.kernel.feature import Feature
from groupware.kernel.permissions import SIGNED_IN
from groupware.notifications.keeping import keep
from groupware.notifications.notice import Notice
from groupware.notifications.queries import unread
from groupware.notifications.views import blueprint

FEATURE = Feature(
    name="notifications", label="お知らせ", blueprint=blueprint, effects={Notice: keep},
    badges={"notifications.index": lambda actor: unread(actor.user_id)},
    access={"notifications.index": SIGNED_IN, "notifications.show": SIGNED_IN, "notifications.read_all": SIGNED_IN})
