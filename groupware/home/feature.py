from groupware.home.views import blueprint
from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.permissions import PUBLIC, SIGNED_IN

FEATURE = Feature(name="home", label="ホーム", blueprint=blueprint, access={"home.index": SIGNED_IN, "home.static": PUBLIC},
                  nav=(NavItem("ホーム", "home", "home.index", 10),))
