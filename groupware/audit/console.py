"""``flask audit verify``: has anything been changed?"""
from pathlib import Path

import click

from groupware.audit.chain import Verdict, seal, verify
from groupware.audit.roots import exported, where

group = click.Group("audit", help="監査の記録")


@group.command("verify", help="監査の記録が書き換えられていないか、封と外の根で確かめる")
@click.option("--roots", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="外に控えた根のファイル（なければ DATA のもの）")
def check(roots: Path | None) -> None:
    """Exit code 1 when something is wrong."""
    verdict = verify(exported(roots))
    for sentence in verdict.troubles:
        click.echo(f"× {sentence}")
    click.echo(_told(verdict, roots or where()))
    if verdict.troubles:
        raise SystemExit(1)


@group.command("seal", help="まだ封のない記録に、いま封をする")
def seal_now() -> None:
    click.echo(f"{seal()}件に封をしました。")


def _told(verdict: Verdict, roots: Path) -> str:
    whole = "封のある記録に違いはありません。" if not verdict.troubles else f"{len(verdict.troubles)}か所に違いがあります。"
    return (f"{whole}封のある記録 {verdict.sealed}件、まだ封のない記録 {verdict.unsealed}件。\n"
            f"根の控え（{roots}）より後の {verdict.unheld}件は、書き換えられていても、ここからは分かりません。")
