"""What the lists of a new city hall hold: kinds of staff and of units, posts from the highest to the lowest. The administrator edits them."""

STAFF_KINDS = ("特別職", "正職員", "再任用", "任期付", "会計年度任用", "出向", "外部")
OUTSIDE_KINDS = {"外部"}
UNIT_KINDS = ("市", "局", "部", "室", "課", "担当", "係", "班", "支所", "出張所", "出先機関", "事務局", "外部")
AFTER_PARENT = {"担当", "係", "班"}
POSTS = (
    "市長", "副市長", "教育長", "CIO補佐官", "部長", "局長", "消防長", "会計管理者", "次長", "参事", "課長", "室長", "事務局長",
    "署長", "所長", "館長", "園長", "支所長", "課長補佐", "主幹", "係長", "主査", "主任", "主事", "技師", "保健師", "保育士",
    "司書", "指導主事", "書記", "徴収専門員", "事務補助員", "DXアドバイザー")
LAST_RANK = 90              # of a post that somebody added without saying how high it is
