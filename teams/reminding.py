"""What comes round with the days. Runs in the helper, and speaks in working time only."""
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.holidays import is_working_time
from teams.commands.checkins import ask_checkin
from teams.commands.tasks import remind_task
from teams.queries.checkins import teams_to_ask
from teams.queries.tasks import tasks_to_remind


def remind() -> None:
    if is_working_time(clock.now()):
        for task in tasks_to_remind():
            remind_task(SYSTEM, task.id)
        for team_id in teams_to_ask():
            ask_checkin(SYSTEM, team_id)
