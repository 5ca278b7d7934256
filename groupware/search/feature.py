from groupware.kernel.feature import Feature
from groupware.kernel.findable import Touched
from groupware.search.waiting import wait

FEATURE = Feature(name="search", label="検索", effects={Touched: wait})
