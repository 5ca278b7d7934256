from groupware.admin.views import blueprint, desk, groups, imports, people, units, words  # noqa: F401 (each adds its doors to the blueprint)
from groupware.directory.permissions import Directory, can_group
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.permissions import PUBLIC

FOR_KEEPERS = (
    "imports", "upload", "show_import", "confirm", "drop", "take_list", "people", "new_person", "hire", "person", "change", "assign", "end_place",
    "cancel_place", "change_role", "change_state", "units", "new_unit", "create_unit", "unit", "change_unit", "close_unit", "reopen_unit", "words",
    "add_word", "change_word", "remove_word")
FOR_GROUPERS = ("index", "groups", "new_group", "create_group", "group", "change_group")

FEATURE = Feature(
    name="admin", label="管理", blueprint=blueprint,
    access={"admin.static": PUBLIC, **{f"admin.{door}": Directory.KEEP for door in FOR_KEEPERS},
            **{f"admin.{door}": Directory.GROUP for door in FOR_GROUPERS}},
    nav=(NavItem("管理", "gear", "admin.index", 95, only=lambda actor: can_group(actor, None)),))
