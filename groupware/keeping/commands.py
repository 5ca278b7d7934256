"""What is written down of it, and how a restored house begins: quietly."""
from groupware.keeping.events import BackupBegun, HouseRestored
from groupware.keeping.permissions import Keeping
from groupware.kernel import jobs
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.house import house

HELD = "控えから戻したため、止めてあります。控えのあとに、もとの場所で済んでいるかもしれません。"


@command(Keeping.BACK_UP)
def begin_backup(actor: Actor, made: int) -> None:
    """So it stands in the backup itself, too."""
    record(actor, BackupBegun(made))


@command(Keeping.RESTORE)
def settle_restored(actor: Actor, made: int) -> int:
    """Nothing that was waiting runs by itself, nobody is signed in, each package does what it must. How many jobs are held."""
    held = jobs.hold_all(HELD)
    for feature in house.features:
        for act in feature.restored:
            act()
    record(actor, HouseRestored(made, held))
    return held
