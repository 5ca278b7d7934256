"""The program, put together: ``flask`` finds ``app`` here. Nothing that loads is garbage: the collector begins with the work."""
import gc

gc.disable()

from features import FEATURES  # noqa: E402
from groupware.app import create_app  # noqa: E402
from groupware.config import Config  # noqa: E402

app = create_app(FEATURES, Config.from_env())
gc.freeze()
gc.enable()
