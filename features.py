"""Table of contents of the product. To add a feature, write its manifest and name it here."""
from chat.feature import FEATURE as CHAT

FEATURES = (CHAT,)
