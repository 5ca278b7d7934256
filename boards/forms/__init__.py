"""Drafts: what comes in, made sure of. One parser for each."""
from boards.forms.fields import parts
from boards.forms.notices import NoticeDraft
from boards.forms.places import BoardDraft
from boards.forms.remarks import CommentDraft
from boards.forms.surveys import AnswerDraft

__all__ = ["AnswerDraft", "BoardDraft", "CommentDraft", "NoticeDraft", "line", "number", "numbers", "parts"]
