"""What rendering costs: ``python -m benchmarks.markup``. The last line is one JSON object.

CPU time, best of several runs in one go, so that figures of one run may be compared with each other. ``worst_in_place_over_normal`` is
how many usual messages the dearest text costs which is still rendered at the door.
"""
import time
from collections.abc import Callable

import click

from groupware.kernel import json
from groupware.kernel.markup import fence, render, signs
from tests.kernel.hostile_markup import ATTACKS

NAMES = {12: "藤倉 美咲"}
PLAIN = "お疲れさまです。明日の会議は10時から第2会議室に変わりました。資料は共有フォルダにあります。\nよろしくお願いします。"
ADDRESSED = "<@12>さん、資料はこちらです https://example.jp/docs/12?x=1 を見てください。"
BOLD = "**重要**：明日の会議は10時からに変わりました。"
NORMAL = ("**お疲れさまです。** 明日の会議の件です。\n\n- 場所: 第2会議室\n- 時間: 10時\n- 資料: [資料](https://example.jp/a)\n\n"
          "> 先日の案で進めます\n\n`A-12` の欄を確認してください。")
EDGE = (        # written to lie just inside the fence
    "> a\n- b\n" * 70, "- - - a\n" * 50, "# a\n" * 250, "*a*　" * 99, "_a_ " * 99, "`a` " * 99, "~~a~~ " * 49, "**a **b " * 50,
    "[a](http://b.c/)" * 100, "http://a.b " * 180, "/a/1 " * 390, "- [x] a\n" * 120, "\n".join("  " * (i % 5) + "- a" for i in range(70)),
    ">" * 10 + " a\n" + "> - > - > - > - a\n" * 25, "|a" * 29 + "\n" + "|-" * 29 + "\n" + "|\n" * 30, "[" * 200 + "a" * 1_800,
    "<" * 2_000, "&" * 2_000, "<@12>" * 390)



def main() -> None:
    figures = {name: microseconds(text) for name, text in (("plain", PLAIN), ("addressed", ADDRESSED), ("bold", BOLD), ("normal", NORMAL))}
    in_place = [text for text in (*ATTACKS, *EDGE) if fence.means_nothing(signs.clean(text)) or fence.is_quick(signs.clean(text))]
    dear = max(in_place, key=microseconds)
    turned_away = max((text for text in ATTACKS if text not in set(in_place)), key=microseconds)
    for name, text in (("dearest in place", dear), ("dearest turned away", turned_away)):
        click.echo(f"{name}: {text[:30]!a} x {len(text)}, {microseconds(text):.0f} us")
    click.echo(json.dumps({f"{name}_us": round(value, 1) for name, value in figures.items()} | {
        "worst_in_place_ms": round(microseconds(dear) / 1_000, 2), "worst_in_place_over_normal": round(microseconds(dear) / figures["normal"], 1),
        "worst_turned_away_over_normal": round(microseconds(turned_away) / figures["normal"], 1), "in_place": len(in_place)}))


def microseconds(text: str) -> float:
    once = _cpu(lambda: render(text, NAMES), 1)
    times = max(1, min(500, int(0.01 / max(once, 1e-6))))
    return min(_cpu(lambda: render(text, NAMES), times) for _ in range(5)) * 1_000_000


def _cpu(work: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


if __name__ == "__main__":
    main()
