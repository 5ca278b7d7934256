"""/notifications: one blueprint, one file for each side of it."""
from flask import Blueprint

blueprint = Blueprint("notifications", "groupware.notifications", url_prefix="/notifications", template_folder="templates",
                      static_folder="static/notifications", static_url_path="/static")
