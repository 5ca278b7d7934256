"""Addresses of pages that are also known outside any request: what is broadcast is rendered in nobody's."""
from flask import Flask, current_app


def path_for(endpoint: str, **values: object) -> str:
    """As url_for within the house: ``/chat/rooms/3/messages/12``."""
    return current_app.extensions["ui.paths"].build(endpoint, values)


def install_paths(app: Flask) -> None:
    app.extensions["ui.paths"] = app.url_map.bind("localhost")
    app.jinja_env.globals["path_for"] = path_for
