"""Drafts: what comes in, made sure of. The same parsers serve the screens, the lists (CSV) and the demo city."""
from groupware.directory.forms.fields import day
from groupware.directory.forms.groups import GroupDraft
from groupware.directory.forms.imports import PEOPLE, UNITS, ImportDraft
from groupware.directory.forms.lists import PostDraft, StaffKindDraft, UnitKindDraft
from groupware.directory.forms.people import PersonDraft, PlaceDraft
from groupware.directory.forms.units import UnitDraft

__all__ = ["PEOPLE", "UNITS", "GroupDraft", "ImportDraft", "PersonDraft", "PlaceDraft", "PostDraft", "StaffKindDraft", "UnitDraft",
           "UnitKindDraft", "day"]
