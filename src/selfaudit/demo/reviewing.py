"""Lets the reviewers of the demo review the files that are drawn, and first readers say whether they agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import translator
from selfaudit.base.text import file_name
from selfaudit.demo.answers import Content
from selfaudit.demo.body import Cast
from selfaudit.demo.findings import general_slots
from selfaudit.demo.mail import IN_TIME, Posted
from selfaudit.demo.texts import FindingTexts
from selfaudit.files.atomic import write_bytes
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.formats import FORMATS
from selfaudit.model.form.confirming import AGREE, DISAGREE
from selfaudit.model.form.form import Form, FormItem, Respondent
from selfaudit.reports.opinion import NO_PROBLEM
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.forms import every_form
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.rounds import latest_forms
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.issue.confirmations import Confirmations
from selfaudit.workflow.issue.issue import issue
from selfaudit.workflow.issue.rounds import issue_round

SUFFIXES = ("xlsx", "yaml", "xlsx")
"""In which formats reviews come back, by turns."""
FILLED_ON = "2023-11-06"
SOUND = 5
"""Of so many files one has a problem."""
OF_MOST = {"opinion": AGREE}
"""What first readers say."""
COLUMNS = {"organisation": "组织名称", "certificate": "证书编号", "person": "姓名"}
"""What findings name of a file, by the title under which its reviewer is told it."""


SYSTEMS = "认证项目"
"""The title under which its reviewer is told what was audited."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Everybody who plays, with the forms about files, and what everybody says."""

    cast: Cast
    said: Mapping[str, Content]


def hand_out(workspace: Workspace, cast: Cast, said: Mapping[str, Content], listener: Listener) -> Reviews:
    """Issue a form for every file and reviewer, and return what they will say; what they said already stays."""
    issue(workspace, Selection(), (), listener)
    with workspace.reading() as ledger:
        every = every_form(ledger, cast.kit, cast.roster, workspace.codes(cast.kit.plan.id))
    forms = [form for form in every if form.respondent.reviewer]
    order = _places(form.respondent.drawn for form in forms)
    first = {form.respondent.drawn: form.respondent.key for form in reversed(forms)}
    before = [form for form in cast.forms if not form.respondent.reviewer]
    own = {
        # a second reviewer of a file with a problem does not find it
        who.key: _content(cast, form, order[who.drawn] if who.key == first[who.drawn] else 0)
        for form in forms
        for who in [form.respondent]
    }
    return Reviews(replace(cast, forms=[*before, *forms]), {**own, **said})


def send_back(reviews: Reviews, *, without: int) -> Iterator[Posted]:
    """Yield what the reviewers send back: all forms but the last ``without`` of them."""
    for number, form in enumerate(_back(reviews, without)):
        kind, content = FORMATS[SUFFIXES[number % len(SUFFIXES)]], reviews.said[form.respondent.key]
        name = f"{file_name(form.respondent.reviewer)}/{file_name(form.respondent.name)}{kind.suffix}"
        yield Posted(IN_TIME, name, kind.write(form, {**content, "filled_on": FILLED_ON}))


def hear_readers(workspace: Workspace, reason: str, listener: Listener) -> None:
    """Ask the first readers: all agree with what was found but one, once, for a reason."""
    issue_round(workspace, Confirmations(workspace), Selection(), (), listener)
    with workspace.reading() as ledger:
        forms = [one.form for one in latest_forms(ledger, "confirmations").values()]
    clear = translator(workspace.plan().language)(NO_PROBLEM)
    disputed = next((row["file"] for form in forms for row in form.questions.given if row["found"] != clear), "")
    for form in forms:
        said = [
            {"file": row["file"], **({"opinion": DISAGREE, "reason": reason} if row["file"] == disputed else OF_MOST)}
            for row in form.questions.given
        ]
        who = form.respondent
        content = {"filled_by": who.name, "filled_on": today().isoformat(), "findings": said, "declaration": True}
        write_bytes(
            workspace.inbox / file_name(who.unit_name) / f"{form.passport}.yaml", yaml_form.write(form, content)
        )
    collect(workspace, (), listener)


def troubled(reviews: Reviews, sample: str, *, without: int) -> set[str]:
    """Return the files of a spot check in which a problem is found in the forms that ``send_back`` yields."""
    found = [form.respondent for form in _back(reviews, without) if reviews.said[form.respondent.key]["findings"]]
    return {who.drawn[1] for who in found if who.drawn[0] == sample}


def _back(reviews: Reviews, without: int) -> list[Form]:
    forms = [form for form in reviews.cast.forms if form.respondent.reviewer]
    return forms[: len(forms) - without]


def _places(drawn: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the place of each file among those of its spot check."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for one in drawn:
        own = found.setdefault(one[0], {})
        own.setdefault(one, len(own))
    return {one: place for own in found.values() for one, place in own.items()}


def _content(cast: Cast, form: Form, number: int) -> Content:
    asked = {item.id for item in form.questions.items}
    texts = [one for one in cast.texts.reviews.findings if one.item in asked]
    found = texts[number // SOUND % len(texts)] if number % SOUND == 1 else None
    words, audited = cast.texts.reviews, form.respondent.about.get(SYSTEMS, "")
    others = [place for place, systems in words.systems.items() if not any(one in audited for one in systems)]
    reasons = {**words.reasons, **dict.fromkeys(others, words.other_system)}
    return {
        "filled_by": form.respondent.reviewer,
        "coverage": {},
        "items": [_item(item, found, reasons) for item in form.questions.items],
        "findings": [_finding(cast, found, form.respondent)] if found else [],
        "suggestions": {},
        "declaration": True,
    }


def _item(item: FormItem, found: FindingTexts | None, reasons: Mapping[str, str]) -> dict[str, Any]:
    def answer(part: str) -> dict[str, str]:
        place = f"{item.id} {part}".strip()
        if found and (found.item, found.part) == (item.id, part):
            return {"answer": "problem"}
        return {"answer": "not_applicable", "note": reasons[place]} if place in reasons else {"answer": "conform"}

    if not item.parts:
        return {"id": item.id, **answer("")}
    return {"id": item.id, "parts": [{"id": part.id, **answer(part.id)} for part in item.parts]}


def _finding(cast: Cast, entry: FindingTexts, who: Respondent) -> dict[str, Any]:
    named = {key: who.about.get(title, "") for key, title in COLUMNS.items()}
    slots = {**general_slots(cast, who), **named, "file": who.drawn[1]}
    data = entry.model_dump(exclude={"roles", "units", "posts", "against_branch", "group", "share"})
    written = {key: text.format_map(slots) for key, text in data.items() if isinstance(text, str) and text}
    return {"number": 1, **written, "disposition": entry.disposition}
