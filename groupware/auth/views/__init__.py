"""The doors themselves: one blueprint, one file for each kind of visitor."""
from flask import Blueprint

blueprint = Blueprint("auth", "groupware.auth", template_folder="templates", static_folder="static/auth", static_url_path="/auth/static")
