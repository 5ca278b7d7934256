from datetime import timedelta

from groupware.home import weeks
from groupware.home.views import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import NEVER, NoticeKind
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

WANTED = NoticeKind(weeks.KIND, weeks.NAME, "所属する課の先週のことを、週の初めの朝に（選んだ人だけ）", show=NEVER)

FEATURE = Feature(name="home", label="ホーム", blueprint=blueprint,
                  access={"home.index": SIGNED_IN, "home.own_week": SIGNED_IN, "home.week": SIGNED_IN, "home.static": PUBLIC},
                  schedules=(Schedule("home.weeks", timedelta(hours=1), weeks.tell_weeks),), cards={weeks.KIND: weeks.week_cards},
                  nouns={weeks.KIND: weeks.NAME}, notices=(WANTED,),
                  nav=(NavItem("ホーム", "home", "home.index", 10),))
