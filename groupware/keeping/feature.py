from groupware.keeping.console import install_console
from groupware.keeping.events import EVENTS
from groupware.keeping.permissions import RULES
from groupware.kernel.feature import Feature

FEATURE = Feature(name="keeping", label="控え", rules=RULES, events=EVENTS, install=install_console)
