"""Advice is asked for, written down, answered, carried out. Every step stays written down."""
from advice.events import AdviceAsked, AdviceGiven, AdviceMoved, AdviceRewritten, AdviceRulesChanged, HoldEnded
from advice.flows import DECIDING, WORDING
from advice.forms import AskDraft, GiveDraft, MoveDraft, Ties, WordsDraft
from advice.models import ADOPTED, ASKED, GIVEN, HELD, OWN, PROXY, Advice, Ruling, Step
from advice.permissions import Advise, Held, can_rewrite
from advice.queries.pieces import advice_for, crew_named, flow_in_force, givers, hold_is_over, section_of, unit_names
from advice.rules import Rules
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from groupware.kernel.flow import Step as FlowStep
from groupware.kernel.ports import plan_measures
from groupware.kernel.things import card_for

CHANGED = "ほかの人が先に書き換えました。いまの内容を確かめて、もう一度書いてください。"
BY_ITSELF = {"record", "rewrite"}         # acts with a command of their own


@command(Advise.ASK)
def ask_advice(actor: Actor, draft: AskDraft) -> int:
    author = next((card for card in givers() if card.id == draft.author_id), None)
    if author is None or author.id == actor.user_id:
        raise Invalid(author="デジタルリーダーかDXアドバイザーの中から、自分のほかの人を選んでください。")
    advice = _begun(actor, author, draft.ties, ASKED)
    advice.sort, advice.title, advice.question, advice.asker_id, advice.asker_name = "advice", draft.title, draft.question, actor.user_id, actor.name
    _keep(actor, advice, FlowStep("ask", (), ASKED, frozenset(), "助言を求めた"))
    record(actor, AdviceAsked(advice.id))
    return advice.id


@command(Advise.GIVE)
def give_advice(actor: Actor, draft: GiveDraft) -> int:
    """Without having been asked: one's own; or, by 行政管理課, what somebody from outside has said."""
    author = _author(actor, draft.author_id)
    advice = _begun(actor, author, draft.ties, GIVEN)
    _write(actor, advice, draft.words)
    _keep(actor, advice, FlowStep("record", (), GIVEN, frozenset(), "助言を記録した" if advice.wording == OWN else "代理で記録した"))
    record(actor, AdviceGiven(advice.id, author.id))
    return advice.id


@command(Advise.MOVE, on=advice_for)
def record_advice(actor: Actor, found: Held, words: WordsDraft) -> None:
    """The answer to an asking."""
    step = flow_in_force().step(found.advice.state, "record", found.parts)
    _write(actor, found.advice, words)
    _lead_on(actor, found.advice, step, "")
    record(actor, AdviceGiven(found.advice.id, found.advice.author_id))


@command(Advise.MOVE, on=advice_for)
def rewrite_advice(actor: Actor, found: Held, words: WordsDraft) -> None:
    """What stood there before stays in the history. Raises Conflict when it is not the text that the writer saw."""
    step = WORDING.step(found.advice.wording, "rewrite", found.parts)
    if not can_rewrite(found):
        raise Conflict("課が対応を始めたため、もう書き直せません。")
    if words.version and words.version != found.advice.version:
        raise Conflict(CHANGED)
    before = f"もとの記録：{found.advice.title}\n{found.advice.body}"
    _write(actor, found.advice, words)
    found.advice.wording = step.after
    _note(actor, found.advice, step, before)
    record(actor, AdviceRewritten(found.advice.id, found.advice.version))


@command(Advise.MOVE, on=advice_for)
def move_advice(actor: Actor, found: Held, draft: MoveDraft) -> None:
    """Raises Forbidden, Conflict, or Invalid where something is missing."""
    if draft.act in BY_ITSELF:
        raise Conflict
    flow = WORDING if draft.act in WORDING.acts else flow_in_force()
    step = flow.step(found.advice.wording if flow is WORDING else found.advice.state, draft.act, found.parts)
    step.want(draft.reason)
    if flow is WORDING:
        found.advice.wording = step.after
        _note(actor, found.advice, step, draft.reason)
    else:
        _prepare(actor, found.advice, draft)
        _lead_on(actor, found.advice, step, _said(draft))
    record(actor, AdviceMoved(found.advice.id, draft.act, found.advice.state, found.advice.version))


@command(Advise.REMIND, on=advice_for)
def end_hold(actor: Actor, found: Held) -> None:
    advice = found.advice
    if advice.state != HELD or advice.until is None or (advice.reminded_on and advice.reminded_on >= advice.until):
        raise Already(None)
    advice.reminded_on = clock.today()
    record(actor, HoldEnded(advice.id, advice.until.isoformat()))


@command(Advise.KEEP)
def change_rules(actor: Actor, rules: Rules) -> None:
    """For what is decided from now on."""
    made = Ruling(content=rules.as_dict(), author_name=actor.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, AdviceRulesChanged(made.id))


def remind_held() -> None:
    """Whose day has come; told once for each day that was set."""
    for advice in hold_is_over():
        end_hold(SYSTEM, advice.id)


def _author(actor: Actor, author_id: int) -> PersonCard:
    if author_id in {0, actor.user_id}:
        if not (actor.has("leader") or actor.has("adviser")):
            raise Invalid(author="だれの助言かを選んでください。")
        return people_cards([actor.user_id])[actor.user_id]
    if not actor.has("steering") or actor.outside:
        raise Forbidden("ほかの人の助言を代わりに記録するのは、行政管理課が行います。")
    found = next((card for card in givers() if card.id == author_id and card.outside), None)
    if found is None:
        raise Invalid(author="代わりに記録できるのは、外部のアドバイザーの助言だけです。")
    return found


def _begun(actor: Actor, author: PersonCard, ties: Ties, state: str) -> Advice:
    if ties.about:
        card_for(actor, ties.about)
    codes = {code for code, _ in plan_measures().all()} if ties.measures else set()
    if not codes.issuperset(ties.measures):
        raise Invalid(measure="いまの計画にない施策です。選び直してください。")
    return Advice(author_id=author.id, author_name=author.name, author_label=author.label, author_outside=author.outside, unit_id=_unit(actor, ties),
                  team=str(ties.team) if ties.team else None, about=str(ties.about) if ties.about else None, measures=" ".join(ties.measures),
                  state=state, wording=OWN, version=0, created_at=clock.now(), changed_at=clock.now())


def _unit(actor: Actor, ties: Ties) -> int:
    """Who from outside gives advice of their own accord gives it to a team, and its section answers."""
    crew = crew_named(actor, ties.team) if ties.team else None
    chosen = 0 if actor.outside else ties.unit_id
    unit = chosen or (crew.unit_id if crew else 0) or section_of(actor) or 0
    if unit not in unit_names():
        raise Invalid(**({"team": "どのチームへの助言かを選んでください。"} if actor.outside else {"unit": "対応する課を選んでください。"}))
    return unit


def _write(actor: Actor, advice: Advice, words: WordsDraft) -> None:
    advice.sort, advice.title, advice.body, advice.minutes = words.sort, words.title, words.body, words.minutes
    advice.given_on = words.day or advice.given_on or clock.today()
    advice.recorder_id, advice.recorder_name = actor.user_id, actor.name
    advice.wording = OWN if actor.user_id == advice.author_id else PROXY


def _prepare(actor: Actor, advice: Advice, draft: MoveDraft) -> None:
    """What some acts bring with them."""
    deciding = DECIDING.get(draft.act)
    if draft.act == "answer" or deciding:
        decision = deciding or draft.decision
        _check_answer(decision, draft)
        advice.decision, advice.reason, advice.until = decision, draft.reason or advice.reason, draft.until if decision == HELD else None
    if draft.act == "answer":
        advice.answerer_id = actor.user_id
    if draft.act == "return":
        advice.decision = ""
    if deciding:
        advice.decided_on, advice.reminded_on = clock.today(), None
    if draft.act == "check":
        if not draft.effect:
            raise Invalid(effect="何が変わったかを書いてください。変わらなかったときも、そのとおりに書いてください。")
        advice.effect = draft.effect


def _check_answer(decision: str, draft: MoveDraft) -> None:
    if not decision:
        raise Invalid(decision="対応を選んでください。")
    if decision == HELD and draft.until is None:
        raise Invalid(until="いつまで保留にするかを書いてください。")
    if decision != ADOPTED and not draft.reason:
        raise Invalid(reason="わけを書いてください。")


def _said(draft: MoveDraft) -> str:
    return draft.effect if draft.act == "check" else draft.reason


def _lead_on(by: Actor, advice: Advice, step: FlowStep, reason: str) -> None:
    advice.state = step.after
    _note(by, advice, step, reason)


def _keep(by: Actor, advice: Advice, step: FlowStep) -> None:
    db.session.add(advice)
    db.session.flush()
    _note(by, advice, step, "")


def _note(by: Actor, advice: Advice, step: FlowStep, reason: str) -> None:
    advice.version, advice.changed_at = advice.version + 1, clock.now()
    db.session.add(Step.by(by, step, reason, advice_id=advice.id))
