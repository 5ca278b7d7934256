"""The rooms of the shell, in the order in which they are furnished."""
from groupware.admin.feature import FEATURE as ADMIN
from groupware.approvals.feature import FEATURE as APPROVALS
from groupware.audit.feature import FEATURE as AUDIT
from groupware.auth.feature import FEATURE as AUTH
from groupware.directory.feature import FEATURE as DIRECTORY
from groupware.files.feature import FEATURE as FILES
from groupware.health.feature import FEATURE as HEALTH
from groupware.home.feature import FEATURE as HOME
from groupware.keeping.feature import FEATURE as KEEPING
from groupware.live.feature import FEATURE as LIVE
from groupware.notifications.feature import FEATURE as NOTIFICATIONS
from groupware.running.feature import FEATURE as RUNNING
from groupware.search.feature import FEATURE as SEARCH
from groupware.ui.feature import FEATURE as UI

SHELL = (UI, HEALTH, RUNNING, AUDIT, DIRECTORY, AUTH, FILES, LIVE, NOTIFICATIONS, SEARCH, APPROVALS, HOME, ADMIN, KEEPING)
