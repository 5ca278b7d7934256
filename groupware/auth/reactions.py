"""What follows from the directory: whoever may not act any more is signed out everywhere, in the same transaction."""
from groupware.auth.ending import PERSON_GONE, end_everything_of
from groupware.directory.events import PersonDisabled
from groupware.kernel.reactions import Reactions

on = Reactions()


@on.within(PersonDisabled)
def sign_out_everywhere(event: PersonDisabled) -> None:
    end_everything_of(event.user_id, PERSON_GONE)
