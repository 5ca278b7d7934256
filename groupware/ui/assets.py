"""Addresses of static files, each with a hash of its content, so that a browser may keep them for a year; and the import map."""
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from flask import Flask
from markupsafe import Markup

from groupware.kernel.feature import Feature

LIBRARIES = {"@hotwired/turbo": "ui/vendor/turbo.js", "@hotwired/stimulus": "ui/vendor/stimulus.js", "socket.io-client": "ui/vendor/socket.io.js",
             "live": "ui/js/live.js"}


class Assets:
    """``<package>/<path>`` is a file below the static folder of that package's blueprint."""

    def __init__(self, features: Iterable[Feature]) -> None:
        blueprints = [feature.blueprint for feature in features if feature.blueprint and feature.blueprint.static_folder]
        self.folders = {each.name: Path(str(each.static_folder)) for each in blueprints}
        self.prefixes = {each.name: f"{each.url_prefix or ''}{each.static_url_path}" for each in blueprints}
        self.url, self.icon, self.own_sheets = cache(self._url), cache(self._icon), cache(self._own_sheets)

    def _own_sheets(self, package: str | None) -> list[str]:
        """A package's own stylesheet, ``<package>/<package>.css``, is on all of its pages without being asked for."""
        path = f"{package}/{package}.css"
        return [self.url(path)] if package in self.folders and self._file(path).is_file() else []

    def import_map(self) -> Markup:
        """The one inline script of the house. Turbo loads the whole page anew when it has changed."""
        return Markup(f'<script type="importmap" data-turbo-track="reload">{self._map}</script>')    # noqa: S704 (JSON of our own file names)

    @cached_property
    def script_hash(self) -> str:
        """For the Content-Security-Policy."""
        return f"'sha256-{b64encode(sha256(self._map.encode()).digest()).decode()}'"

    @cached_property
    def _map(self) -> str:
        found = {name: self.url(path) for name, path in LIBRARIES.items()}
        for name, path in self._modules():
            if name in found:
                raise ValueError(f"two browser modules are called {name}")
            found[name] = self.url(path)
        return json.dumps({"imports": dict(sorted(found.items()))}, separators=(",", ":"))

    def _modules(self) -> Iterator[tuple[str, str]]:
        for package, folder in self.folders.items():
            for file in sorted(folder.rglob("*.js")):
                path = file.relative_to(folder)
                if path.parts[0] != "vendor":
                    yield _module_name(package, path), f"{package}/{path.as_posix()}"

    def _url(self, path: str) -> str:
        package, _, name = path.partition("/")
        digest = sha256(self._file(path).read_bytes()).hexdigest()[:12]
        return f"{self.prefixes[package]}/{name}?v={digest}"

    def _icon(self, name: str, size: str = "") -> Markup:
        classes = f"icon {size}" if size else "icon"
        return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(classes, self.url("ui/icons.svg"), name)

    def _file(self, path: str) -> Path:
        package, _, name = path.partition("/")
        return self.folders[package] / name


def install_assets(app: Flask, features: Iterable[Feature]) -> Assets:
    assets = Assets(features)
    app.jinja_env.globals.update(asset=assets.url, own_sheets=assets.own_sheets, drawn_icon=assets.icon, import_map=assets.import_map,
                                 csp_script_hash=lambda: assets.script_hash)
    return assets


def _module_name(package: str, path: Path) -> str:
    """``chat/static/chat/controllers/room_controller.js`` is controllers/room, ``chat/static/chat/outbox.js`` is chat/outbox."""
    parts = path.with_suffix("").parts
    if "controllers" in parts:
        return "controllers/" + parts[-1].removesuffix("_controller").replace("_", "-")
    return "/".join((package, *(part for part in parts if (package, part) != ("ui", "js"))))

