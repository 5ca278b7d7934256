from datetime import timedelta

from groupware.kernel.feature import Feature
from groupware.kernel.jobs import Schedule
from groupware.kernel.permissions import PUBLIC
from groupware.running.console import install_console
from groupware.running.events import EVENTS
from groupware.running.homeward import bring_home
from groupware.running.permissions import RULES, Running
from groupware.running.rounds import sweep
from groupware.running.views import blueprint

FEATURE = Feature(
    name="running", label="運転", install=install_console, blueprint=blueprint, rules=RULES, events=EVENTS, nouns={"kernel.job": "仕事"},
    access={"running.static": PUBLIC, "running.index": Running.KEEP, "running.retry": Running.KEEP, "running.drop": Running.KEEP},
    schedules=(Schedule("running.sweep", timedelta(hours=1), sweep),), beside=(bring_home,))
