"""修了証 as a PDF, made in the helper."""
from groupware.directory.queries import actor_for, city_name, people_cards
from groupware.files.sending import send
from groupware.kernel import clock, db
from groupware.printing.documents import Block, Document, centred, fields, right, space
from groupware.printing.press import printed
from training.certifying import ToCertify
from training.commands.certificates import keep_certificate
from training.models.certificates import READY
from training.models.courses import Completion
from training.queries.certificates import certificate_of


def make(effect: ToCertify) -> None:
    """What cannot be drawn now is tried again by the helper."""
    row, completion = certificate_of(effect.completion_id), db.session.get(Completion, effect.completion_id)
    actor = actor_for(row.by_id) if row else None
    if row is None or completion is None or actor is None or row.state == READY:
        return
    file = send(actor, f"修了証 {completion.title} {completion.done_on:%Y%m%d}.pdf", [printed(sheet(completion))])
    keep_certificate(actor, completion.id, file.id)


def sheet(completion: Completion) -> Document:
    """With the section and the name as they were on that day."""
    card = people_cards([completion.user_id], completion.done_on)[completion.user_id]
    return Document("修了証", tuple(_blocks(completion, card.unit_name, card.name)), foot=f"第{number_of(completion)}号", plain=True)


def number_of(completion: Completion) -> str:
    return f"R{clock.fiscal_year(completion.done_on) - 2018}-{completion.id:06}"


def _blocks(completion: Completion, section: str, name: str) -> list[Block]:
    ends = clock.wareki(completion.expires_on) if completion.expires_on else "期限なし"
    return [right(f"第{number_of(completion)}号"), space(18), centred(section, 13), centred(f"{name} 様", 18), space(14),
            centred("次の研修を修了したことを証します。", 13), space(10),
            fields([("研修", completion.title), ("修了日", clock.wareki(completion.done_on)), ("有効期限", ends),
                    *([("主催", completion.host)] if completion.host else [])]),
            space(24), right(clock.wareki(completion.done_on)), right(f"{city_name()} 行政管理課")]
