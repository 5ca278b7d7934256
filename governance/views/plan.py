"""The plan as people read it."""
from flask import Blueprint, render_template
from flask_login import current_user

from governance.plan import Plan
from governance.queries.plan import counts, current_edition, current_plan, edition_numbered, measure_coded
from groupware.kernel.errors import NotFound

blueprint = Blueprint("governance", __name__, url_prefix="/governance", template_folder="../templates", static_folder="../static/governance",
                      static_url_path="/static")
NONE_YET = "計画がまだ入っていません。行政管理課か情報担当に、計画のファイルの読み込みを頼んでください。"


@blueprint.get("")
def index() -> str:
    plan = current_plan()
    return render_template("governance/index.html", title="DX推進", plan=plan, counts=counts(plan) if plan else {})


@blueprint.get("/plan")
def plan() -> str:
    """The whole of it, as the city has written it."""
    edition = current_edition()
    if edition is None:
        raise NotFound(NONE_YET)
    found = Plan(edition.content)
    return render_template("governance/plan.html", title=found.title, plan=found, edition=edition, counts=counts(found))


@blueprint.get("/editions/<int:number>")
def edition(number: int) -> str:
    """An older one, or one that is being worked on."""
    found = edition_numbered(current_user, number)
    plan = Plan(found.content)
    return render_template("governance/plan.html", title=f"{plan.title}（第{number}版）", plan=plan, edition=found, counts=counts(plan))


@blueprint.get("/measures/<code>")
def measure(code: str) -> str:
    row, plan = measure_coded(code), current_plan()
    said = plan.measure(code) if plan else None
    return render_template("governance/measure.html", title=f"{code} {row.title}", row=row, plan=plan, said=said)


@blueprint.get("/glossary")
def glossary() -> str:
    plan = current_plan()
    terms = sorted(enumerate((plan and plan["glossary"]) or [], 1), key=lambda each: each[1].get("sort_key") or each[1]["term"])
    return render_template("governance/glossary.html", title="用語集", plan=plan, terms=terms)
