from flask import Flask

from groupware.kernel.feature import Feature
from groupware.kernel.house import house
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.ui.assets import install_assets
from groupware.ui.errors import install_errors
from groupware.ui.headers import install_headers
from groupware.ui.nav import place, rail_places, tell_waiting, waiting
from groupware.ui.offering import chips, offers, places_now, sections
from groupware.ui.paths import install_paths
from groupware.ui.static_files import install_static_files
from groupware.ui.views import blueprint
from groupware.ui.words import install_words


def install(app: Flask) -> None:
    assets = install_assets(app, house.features)
    install_headers(app, lambda: assets.script_hash)
    install_errors(app)
    install_paths(app)
    install_static_files(app)
    install_words(app)
    app.jinja_env.globals.update(rail_places=rail_places, place=place, waiting=waiting, offers_on=offers, chips_on=chips, places_now=places_now,
                                 sections_on=sections)


FEATURE = Feature(name="ui", label="画面", blueprint=blueprint, install=install,
                  access={"ui.static": PUBLIC, "ui.gallery": SIGNED_IN, "ui.jump": SIGNED_IN, "ui.waiting": SIGNED_IN, "ui.card": SIGNED_IN},
                  sockets={"ui.waiting": tell_waiting})
