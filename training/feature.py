from datetime import timedelta

from groupware.kernel.feature import Feature, NavItem
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import AT_ONCE, DIGEST, NoticeKind
from groupware.kernel.permissions import PUBLIC
from groupware.kernel.ports import LeaderCoverage
from groupware.kernel.retained import Retained
from groupware.kernel.things import Practised
from training import candidates, cards, documents, widgets
from training.calendar.courses import OrganisationMoved, follow_all
from training.calendar.leaders import keep_terms
from training.calendar.plans import keep_plans
from training.calendar.skills import keep_holders
from training.certificates import make
from training.certifying import ToCertify
from training.commands.leaders import keep_practised
from training.events import courses as course_events
from training.events import leaders as leader_events
from training.events import plans as plan_events
from training.events import quizzes as quiz_events
from training.events import skills as skill_events
from training.events import surveys as survey_events
from training.marking import leave_mark
from training.permissions import courses as course_rules
from training.permissions import leaders as leader_rules
from training.permissions import plans as plan_rules
from training.permissions import skills as skill_rules
from training.permissions.courses import Courses
from training.permissions.leaders import Training, can_look
from training.permissions.plans import Plans
from training.permissions.skills import Skills
from training.port import Count
from training.reactions import courses as _courses  # noqa: F401 (adds what follows on courses)
from training.reactions import plans as _plans  # noqa: F401 (on plans)
from training.reactions import skills as _skills  # noqa: F401 (and on skills)
from training.reactions.leaders import on
from training.seeds.courses import plant as plant_courses
from training.seeds.leaders import plant as plant_leaders
from training.seeds.plans import plant as plant_plans
from training.seeds.skills import plant as plant_skills
from training.views import certificates, courses, leaders, outside, plans, quizzes, sittings, skills, surveys, years  # noqa: F401 (add their routes to the blueprint)
from training.views.learning import blueprint


def plant() -> None:
    plant_leaders()
    plant_courses()
    plant_skills()
    plant_plans()


FEATURE = Feature(
    name="training", label="研修", blueprint=blueprint,
    access={
        "training.static": PUBLIC, "training.index": Courses.LOOK, "training.section": Courses.LOOK, "training.all_courses": Courses.LOOK,
        "training.new_course": Courses.PLAN, "training.make_course": Courses.PLAN, "training.course": Courses.LOOK,
        "training.editing": Courses.KEEP, "training.change_course": Courses.KEEP, "training.retire": Courses.KEEP, "training.learn": Courses.LEARN,
        "training.standing": Courses.SEE, "training.standing_list": Courses.SEE, "training.chase": Courses.CHASE,
        "training.excuse_from": Courses.EXCUSE, "training.new_sitting": Courses.KEEP, "training.plan_sitting": Courses.KEEP,
        "training.sitting": Courses.LOOK, "training.editing_sitting": Courses.KEEP, "training.change_sitting": Courses.KEEP,
        "training.move_sitting": Courses.KEEP, "training.join": Courses.JOIN, "training.mark": Courses.KEEP,
        "training.outside": Courses.BRING, "training.outside_form": Courses.BRING, "training.bring": Courses.BRING,
        "training.bringing": Courses.BRING, "training.take_in": Courses.BRING,
        "training.completion": Courses.CERTIFY, "training.certify": Courses.CERTIFY, "training.years": Courses.LOOK,
        "training.years_list": Courses.LOOK, "training.quiz": Courses.TAKE, "training.take": Courses.TAKE, "training.tried": Courses.TAKE,
        "training.writing_quiz": Courses.KEEP, "training.write_quiz": Courses.KEEP, "training.quiz_outcome": Courses.KEEP,
        "training.writing_survey": Courses.KEEP, "training.write_survey": Courses.KEEP, "training.survey": Courses.ANSWER,
        "training.reply": Courses.ANSWER, "training.survey_outcome": Courses.KEEP, "training.survey_list": Courses.KEEP,
        "training.skills": Skills.LOOK, "training.rate": Skills.RATE, "training.new_framework": Skills.KEEP, "training.draft_framework": Skills.KEEP,
        "training.framework": Skills.LOOK, "training.bring_items": Skills.KEEP, "training.enforce_framework": Skills.KEEP,
        "training.wanted": Skills.KEEP, "training.set_wanted": Skills.KEEP, "training.new_claim": Skills.CLAIM, "training.write_claim": Skills.CLAIM,
        "training.claim": Skills.SEE, "training.rewrite_claim": Skills.MOVE, "training.move_claim": Skills.MOVE,
        "training.take_certification": Skills.TAKE, "training.heat": Skills.MAP, "training.heat_list": Skills.MAP,
        "training.plans": Plans.WRITE, "training.new_plan": Plans.WRITE, "training.write_plan": Plans.WRITE, "training.plan": Plans.SEE,
        "training.rewrite_plan": Plans.MOVE, "training.move_plan": Plans.MOVE, "training.renew_plan": Plans.MOVE,
        "training.led_plans": Plans.LEAD, "training.settle_talk": Plans.TALK,
        "training.leaders": Training.LOOK, "training.proposing": Training.LOOK,
        "training.propose": Training.OFFER, "training.term": Training.SEE, "training.move": Training.MOVE, "training.practice": Training.PRACTISE,
        "training.keep_practice": Training.PRACTISE, "training.take_practice": Training.TAKE, "training.settings": Training.KEEP,
        "training.change_settings": Training.KEEP, "training.excusing": Training.KEEP, "training.excuse": Training.KEEP},
    nouns={"training.term": "デジタルリーダーの任期", "training.practice": "デジタルリーダーの実践", "training.ruling": "デジタルリーダーの決まり",
           "training.course": "研修", "training.sitting": "研修の開催", "training.seat": "研修の席", "training.bringing": "庁外の修了の表",
           "training.framework": "スキルの枠組", "training.skill": "スキル", "training.certification": "スキルの認定",
           "training.plan": "育成計画", "training.talk": "面談の候補"},
    rules=leader_rules.RULES | course_rules.RULES | skill_rules.RULES | plan_rules.RULES,
    events=leader_events.EVENTS + course_events.EVENTS + quiz_events.EVENTS + survey_events.EVENTS + skill_events.EVENTS + plan_events.EVENTS,
    reactions=on, before_commit=(leave_mark,),
    retained={"training.course": Retained("研修の教材"), "training.completion": Retained("研修の修了証")},
    schedules=(Schedule("training.keep_terms", timedelta(hours=1), keep_terms), Schedule("training.follow_all", timedelta(hours=1), follow_all),
               Schedule("training.keep_holders", timedelta(hours=1), keep_holders), Schedule("training.keep_plans", timedelta(hours=1), keep_plans)),
    effects={OrganisationMoved: follow_all, Practised: keep_practised, ToCertify: make},
    cards={"training.term": cards.term_cards, "training.course": cards.course_cards, "training.sitting": cards.sitting_cards,
           "training.leader": cards.leader_cards, "training.claim": cards.claim_cards, "training.skill": cards.skill_cards,
           "training.completion": cards.completion_cards, "training.coverage": cards.coverage_cards,
           "training.plan": cards.plan_cards, "training.talk": cards.talk_cards},
    jumps=cards.jumps, findables={"training.course": documents.COURSES, "training.leader": documents.LEADERS, "training.skill": documents.SKILLS,
                                 "training.plan": documents.PLANS_FOUND},
    audiences=documents.audiences,
    todos=(widgets.terms_to_do, widgets.learning_to_do, widgets.surveys_to_do, widgets.reviews_to_do, widgets.turns_to_do),
    engagements=(widgets.sittings_today,),
    candidates=(candidates.without_leader,),
    head_widgets=(widgets.leaders_here, widgets.learning_here),
    notices=(NoticeKind("training.ask", "デジタルリーダーの手続のお願い", "許可・確認・任命・所見を待つものが来たとき", mail=DIGEST, always=True),
             NoticeKind("training.term", "デジタルリーダーの任期", "自分の候補・任命・更新・満了のこと", mail=DIGEST, always=True),
             NoticeKind("training.permit", "研修の申込の承認", "課の人が研修に申し込んだとき", mail=DIGEST, always=True),
             NoticeKind("training.seat", "研修の席", "席が決まった、指名された、中止になったとき、修了したとき", mail=DIGEST, always=True),
             NoticeKind("training.must", "必修の研修", "受ける研修が決まったとき", mail=DIGEST, always=True),
             NoticeKind("training.skill", "スキルの審査と認定", "審査を待つもの、認定・差戻し、期限が近いこと", mail=DIGEST, always=True),
             NoticeKind("training.plan", "育成計画と面談", "計画の確認、差戻し、決定、完了、面談の候補のとき", mail=DIGEST, always=True),
             NoticeKind("training.chased", "まだの研修", "まだ受けていない研修を知らされたとき", mail=AT_ONCE, always=True)),
    ports={LeaderCoverage: Count()},
    nav=(NavItem("研修", "train", "training.index", 60, only=lambda actor: can_look(actor, None)),), seed=plant)
