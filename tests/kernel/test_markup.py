"""What colleagues write looks as they meant it."""
import pytest

from groupware.kernel.markup import mentions, plain_text, render

REL = 'rel="noopener noreferrer nofollow"'
NAMES = {12: "藤倉 美咲", 7: "大江 千尋"}


@pytest.mark.parametrize(("text", "html"), [
    ("**日本語。**続き", "<p><strong>日本語。</strong>続き</p>"),
    ("これは**「重要」**です", "<p>これは<strong>「重要」</strong>です</p>"),
    ("***とても***", "<p><strong><em>とても</em></strong></p>"),
    ("*強調* _強調_ ~~取消~~", "<p><em>強調</em> <em>強調</em> <del>取消</del></p>"),
    ("`x < y`", "<p><code>x &lt; y</code></p>"),
    ("``a ` b``", "<p><code>a ` b</code></p>"),
    ("一行目\n二行目", "<p>一行目<br>二行目</p>"),
    ("一段落\n\n\n二段落", "<p>一段落</p><p>二段落</p>"),
    ("　字下げした段落**。**", "<p>　字下げした段落<strong>。</strong></p>"),
    ("---", "<hr>"),
    ("# 見出し\n本文", '<p class="heading">見出し</p><p>本文</p>'),
    ("### 小見出し ###", '<p class="heading minor">小見出し</p>'),
])
def test_marks_become_what_they_mean(text, html):
    assert render(text).html == html


@pytest.mark.parametrize("text", [
    "2*3*4=24", "報告書_案_最終.docx", "\\\\fs01\\共有\\_作業中\\*.xlsx", "10:00~11:00", "#3 の件です", "2026. 4. 1 付", "-5度", "5 * 3 * 2",
    "snake_case_name と a__b__c",
    "a | b", "（1）と[2]", "※ * 印は必須", "~~ ~~", "a****b", "__", "[ ]", "[案](未定)", "１．はじめに", "・項目", "C:\\temp\\`"])
def test_what_only_looks_like_a_mark_stays_as_typed(text):
    shown = render(text)
    assert shown.html == f"<p>{text}</p>"
    assert shown.plain == text


def test_a_list_needs_no_blank_line_before_and_none_after():
    assert render("持ち物:\n- 筆記用具\n- 資料\n以上です").html == "<p>持ち物:</p><ul><li>筆記用具</li><li>資料</li></ul><p>以上です</p>"


def test_lists_lie_in_lists():
    assert render("1. 受付\n   - 記入\n   - 確認\n2. 交付").html == "<ol><li>受付<ul><li>記入</li><li>確認</li></ul></li><li>交付</li></ol>"


def test_a_numbered_list_starts_where_its_writer_starts_it():
    assert render("3. 第三に\n4. 第四に").html == '<ol start="3"><li>第三に</li><li>第四に</li></ol>'


def test_a_number_after_a_sentence_goes_on_counting():
    assert render("1. 一\n補足\n2. 二").html == '<ol><li>一</li></ol><p>補足</p><ol start="2"><li>二</li></ol>'


def test_bullets_after_numbers_are_a_list_of_their_own():
    assert render("1. a\n- b").html == "<ol><li>a</li></ol><ul><li>b</li></ul>"


def test_a_task_shows_a_box_that_cannot_be_pressed():
    shown = render("- [x] 開票\n- [ ] 報告")
    assert shown.html.count('disabled=""') == 2
    assert 'aria-label="済み"' in shown.html
    assert 'aria-label="まだ"' in shown.html
    assert shown.html.count("checked") == 1
    assert shown.plain == "開票\n報告"


def test_an_answer_under_a_quote_is_not_part_of_it():
    assert render("> 先日の件\n承知しました").html == "<blockquote><p>先日の件</p></blockquote><p>承知しました</p>"


def test_quotes_lie_in_quotes_and_hold_lists():
    assert render("> 案:\n> - 一\n> > もっと前").html == \
        "<blockquote><p>案:</p><ul><li>一</li></ul><blockquote><p>もっと前</p></blockquote></blockquote>"


def test_a_table_stands_in_a_frame_that_scrolls_by_keyboard():
    shown = render("数です\n品目|数\n:--|--:\n紙|3\n以上")
    assert '<div aria-label="表" class="scroll" role="group" tabindex="0"><table>' in shown.html
    assert '<th align="left">品目</th><th align="right">数</th>' in shown.html
    assert shown.html.startswith("<p>数です</p>")
    assert shown.html.endswith("</table></div><p>以上</p>")


def test_code_keeps_every_space_and_nothing_in_it_is_markdown():
    shown = render("例:\n```py\nif a < b:\n\n    *x* = <@12>\n```\n以上", NAMES)
    assert "<code>if a &lt; b:\n\n    *x* = " in shown.html
    assert "＠藤倉 美咲" in shown.plain


def test_code_that_is_never_closed_reaches_to_the_end():
    assert render("```\na\n\nb").html.endswith("<code>a\n\nb</code></pre>")


@pytest.mark.parametrize(("text", "address", "rest"), [
    ("詳しくはhttps://example.jp/a_b?x=1#yを見て", "https://example.jp/a_b?x=1#y", "を見て"),
    ("（https://example.jp/）", "https://example.jp/", "）"),
    ("(https://example.jp/a)", "https://example.jp/a", ")"),
    ("https://example.jp/wiki/A_(b).", "https://example.jp/wiki/A_(b)", "."),
    ("**https://example.jp/**", "https://example.jp/", "</strong>"),
    ("http://192.168.1.10:8080/x、", "http://192.168.1.10:8080/x", "、"),
    ("https://example.jp/*a*b", "https://example.jp/*a*b", ""),
])
def test_a_bare_address_is_a_link_without_the_punctuation_around_it(text, address, rest):
    assert f'<a href="{address}" target="_blank" {REL}>{address}</a>{rest}' in render(text).html


def test_an_ampersand_in_an_address_survives():
    assert render("https://example.jp/?a=1&b=2").html == \
        f'<p><a href="https://example.jp/?a=1&amp;b=2" target="_blank" {REL}>https://example.jp/?a=1&amp;b=2</a></p>'


def test_a_permalink_of_the_house_is_a_link_and_opens_here():
    assert render("前の話は /chat/rooms/3/120 です").html == f'<p>前の話は <a href="/chat/rooms/3/120" {REL}>/chat/rooms/3/120</a> です</p>'


@pytest.mark.parametrize("text", ["8/10", "km/h", "/etc/passwd", "a/b/1", "and/or"])
def test_a_stroke_alone_makes_no_link(text):
    assert render(text).html == f"<p>{text}</p>"


def test_a_label_may_hold_marks_and_its_host_is_shown():
    assert render("[**手引**](https://example.jp/t)").html == \
        f'<p><a href="https://example.jp/t" target="_blank" {REL}><strong>手引</strong><span class="host">（example.jp）</span></a></p>'


def test_a_mention_shows_the_name_wherever_it_stands():
    assert render("<@12>さん、**<@7>**です", NAMES).html == \
        '<p><span class="at" data-user="12">＠藤倉 美咲</span>さん、<strong><span class="at" data-user="7">＠大江 千尋</span></strong>です</p>'


def test_a_person_who_is_not_known_is_called_so():
    assert render("<@5>さん").plain == "＠（不明な人）さん"


def test_mentions_are_counted_once_in_their_order():
    assert mentions("<@7> <@12> `<@7>` <@x> ＜＠9＞") == (7, 12)
    assert render("<@7>", NAMES).mentions == (7,)


def test_plain_text_has_all_words_and_no_marks():
    assert plain_text("# 件名\n**太字**と[資料](https://example.jp/)\n- 一\n  - 二\n\n|a|b|\n|-|-|\n|c|d|\n<@12>", NAMES) == \
        "件名\n太字と資料（example.jp）\n一\n二\na b\nc d\n＠藤倉 美咲"


def test_a_long_text_is_plain_at_once_and_said_to_be_slow():
    shown = render("**長文** <b>\n" * 400)
    assert shown.slow
    assert shown.html.startswith("<p>**長文** &lt;b&gt;<br>")


def test_a_long_text_without_marks_is_not_slow():
    assert not render("本文です。\n" * 1_500).slow
