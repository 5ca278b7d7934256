"""``flask plan import FILE``: the plan of a city, in the form of ``governance/plans/``."""
from pathlib import Path

import click

from governance.commands.plan import adopt_plan, draft_revision
from governance.forms import PlanDraft
from governance.queries.plan import current_edition
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Refusal

group = click.Group("plan", help="DX基本計画")


@group.command("import", help="計画のファイル（JSON）を読み込む。はじめの一つは施行中の版に、その後は改訂案になる")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", default="", help="改訂するわけ（二つ目からは必ず）")
def take_in(file: Path, reason: str) -> None:
    """Nothing is changed when anything is wrong."""
    try:
        draft = PlanDraft.parse(file.read_bytes(), reason)
        if current_edition():
            draft_revision(SYSTEM, draft)
            click.echo("改訂案として入れました。画面の「計画の版」で影響を確かめ、決裁へ進めてください。")
        else:
            adopt_plan(SYSTEM, draft)
            click.echo(f"「{draft.content['plan']['title']}」を施行中の版として入れました。施策 {len(draft.content['measures'])}本。")
    except Refusal as refused:
        raise click.ClickException(refused.message) from refused
