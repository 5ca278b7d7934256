from datetime import timedelta

from groupware.kernel.feature import Feature
from groupware.kernel.findable import Touched
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import BELL, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.search import watching
from groupware.search.events import EVENTS
from groupware.search.keeper import keep_index
from groupware.search.permissions import RULES, Search
from groupware.search.views import blueprint
from groupware.search.waiting import wait, write_waiting

FEATURE = Feature(
    name="search", label="検索", blueprint=blueprint,
    access={"search.static": PUBLIC, "search.index": SIGNED_IN, "search.conditions": SIGNED_IN, "search.forget_recent": SIGNED_IN,
            "search.save_question": SIGNED_IN, "search.drop_question": SIGNED_IN,
            "search.state": Search.KEEP, "search.check": Search.KEEP, "search.rebuild": Search.KEEP},
    rules=RULES, events=EVENTS, nouns={"search.index": "索引", watching.KIND: watching.NAME}, effects={Touched: wait},
    before_commit=(write_waiting,), beside=(keep_index,),
    schedules=(Schedule("search.watch", timedelta(minutes=10), watching.look),), cards={watching.KIND: watching.watch_cards},
    notices=(NoticeKind(watching.KIND, watching.NAME, "「新しく見つかったら知らせる」を付けた問いに、新しいものがあるとき", show=BELL),))
