from groupware.auth.console import commands
from groupware.auth.ending import end_all_of_the_backup
from groupware.auth.events import EVENTS
from groupware.auth.keeping import SCHEDULES
from groupware.auth.login import install_login
from groupware.auth.permissions import RULES, Auth
from groupware.auth.reactions import on
from groupware.auth.seeds import plant
from groupware.auth.views import blueprint, factor, first, mine, people, signing_in  # noqa: F401 (they add their routes to the blueprint)
from groupware.kernel.feature import Feature
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(
    name="auth", label="サインイン", blueprint=blueprint,
    access={
        "auth.static": PUBLIC, "auth.sign_in": PUBLIC, "auth.try_password": PUBLIC, "auth.choose_person": PUBLIC,
        "auth.first_run": PUBLIC, "auth.found_city": PUBLIC, "auth.sign_out": SIGNED_IN, "auth.me": SIGNED_IN,
        "auth.end_one": Auth.END, "auth.end_others": Auth.END_ALL, "auth.password": SIGNED_IN, "auth.change_own_password": Auth.CHANGE,
        "auth.person": Auth.MANAGE, "auth.end_one_of": Auth.MANAGE, "auth.end_all_of": Auth.MANAGE, "auth.issue_to": Auth.MANAGE,
        "auth.factor": SIGNED_IN, "auth.prove_factor": Auth.PROVE, "auth.new_factor": SIGNED_IN, "auth.set_factor": Auth.SET_FACTOR,
        "auth.renew_codes": Auth.SET_FACTOR, "auth.remove_factor": Auth.SET_FACTOR, "auth.reset_factor": Auth.RESET_FACTOR,
        "auth.initial_passwords": Auth.MANAGE, "auth.issue_by_unit": Auth.MANAGE},
    rules=RULES, events=EVENTS, reactions=on, schedules=SCHEDULES, commands=commands, install=install_login, seed=plant,
    restored=(end_all_of_the_backup,))
