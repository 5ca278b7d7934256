"""The desk itself: one blueprint, one file for each drawer."""
from flask import Blueprint

blueprint = Blueprint("admin", "groupware.admin", url_prefix="/admin", template_folder="templates", static_folder="static/admin",
                      static_url_path="/static")
