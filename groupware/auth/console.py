"""``flask auth issue-password 003005``: for the one who has locked the last administrator out."""
import click

from groupware.auth.commands.factors import reset_factor
from groupware.auth.issuing import issue
from groupware.auth.queries import account_for
from groupware.kernel import db, trace
from groupware.kernel.actor import SYSTEM

commands = click.Group("auth", help="サインインとパスワード")


@commands.command("issue-password", help="初めのパスワードを発行する（本人の開いている画面はすべて閉じる）")
@click.argument("staff_number")
def issue_password(staff_number: str) -> None:
    account = account_for(staff_number)
    if not account.user_id:
        raise click.ClickException(f"職員番号 {staff_number} の人は登録されていません。")
    with trace.through("console"):
        click.echo(issue(SYSTEM, account.user_id))
    db.forget_reading()


@commands.command("reset-factor", help="確認コードを取り消す（次のサインインで本人が準備し直す）")
@click.argument("staff_number")
def take_factor_away(staff_number: str) -> None:
    account = account_for(staff_number)
    if not account.user_id:
        raise click.ClickException(f"職員番号 {staff_number} の人は登録されていません。")
    with trace.through("console"):
        reset_factor(SYSTEM, account.user_id)
    click.echo("取り消しました。")
    db.forget_reading()
