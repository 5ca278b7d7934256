"""Table of contents of the product. To add a feature, write its manifest and name it here."""
from advice.feature import FEATURE as ADVICE
from boards.feature import FEATURE as BOARDS
from chat.feature import FEATURE as CHAT
from coordination.feature import FEATURE as COORDINATION
from governance.feature import FEATURE as GOVERNANCE
from meetings.feature import FEATURE as MEETINGS
from teams.feature import FEATURE as TEAMS
from telework.feature import FEATURE as TELEWORK
from training.feature import FEATURE as TRAINING

FEATURES = (CHAT, BOARDS, MEETINGS, GOVERNANCE, TEAMS, TRAINING, TELEWORK, ADVICE, COORDINATION)
