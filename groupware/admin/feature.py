from groupware.admin.views import people  # noqa: F401 (adds its routes to the blueprint)
from groupware.admin.views.imports import blueprint
from groupware.directory.permissions import Directory, can_keep
from groupware.kernel.feature import Feature, NavItem

DOORS = ("index", "imports", "upload", "show_import", "confirm", "drop", "new_person", "hire", "person", "change", "assign", "change_role",
         "change_state")

FEATURE = Feature(name="admin", label="管理", blueprint=blueprint, access={f"admin.{door}": Directory.KEEP for door in DOORS},
                  nav=(NavItem("管理", "gear", "admin.index", 95, only=lambda actor: can_keep(actor, None)),))
