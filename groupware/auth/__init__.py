"""Who is at the door, and for how long they may stay.

What a browser holds is a random token (256 bits) in Flask's signed cookie; Flask-Login hands it to ``queries.actor_for_token``,
which looks at the login session's row each time. So a session that was ended is refused with the next request, whoever ended it.

Requests that change something need no token of their own: ``guard`` takes them only from our own pages (ADR 0003).
"""
