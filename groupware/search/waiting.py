"""The outbox: what was touched waits here, written in the transaction of the command, until the index has it."""
from sqlalchemy import insert

from groupware.kernel import clock, db
from groupware.kernel.findable import Touched
from groupware.search.models import Waiting


def wait(touched: Touched) -> None:
    """Registered for the effect. A thing touched twice waits twice: the indexer reads it as it is then."""
    db.unit().connection.execute(insert(Waiting).values(ref=str(touched.ref), at=clock.now()))
