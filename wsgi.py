"""The program, put together: ``flask`` finds ``app`` here."""
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config

app = create_app(FEATURES, Config.from_env())
