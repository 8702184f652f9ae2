"""The HTML form: one file that opens in any browser without a network and saves its answers in the YAML form.

A page that the browser itself saved ("web page, complete") carries the answers too, as the same YAML text.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Where, error
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.format import Format
from selfaudit.forms.html.texts import page_texts
from selfaudit.forms.reading.items import NO, YES
from selfaudit.forms.reading.reader import NOTHING_FILLED_IN, Draft
from selfaudit.forms.reading.sections import ACCEPTS, AGREE
from selfaudit.model.evidence import LARGEST_FILE, LARGEST_TOTAL
from selfaudit.model.finding import GROUPS, chosen_first
from selfaudit.model.form.answers import ANSWER_OF_WORD, WORDS
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.kit.plan import Language

PAGE_SINGLE_FILE = error(
    "form.page-single-file",
    N_("this page was saved as a single file, which does not contain the answers"),
    N_("Open it in a browser, press “Save the response”, and send the saved file."),
)
PAGE_DAMAGED = error(
    "form.page-damaged",
    N_("the answers in this page are damaged"),
    N_("Ask for the file that the page's “Save the response” button creates."),
)

SCRIPTS = (
    "values.js", "evidence.js", "canonical.js", "hash.js", "zip.js", "yaml.js", "state.js", "gaps.js",
    "dom.js", "draft.js", "attach.js", "view.js", "findings.js", "files.js", "panel.js", "main.js",
)  # fmt: skip
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"
)
_OWN = b'id="form-data"'
_SINGLE_FILE = b"From: <Saved by "
_ANSWERS = re.compile(rb'<script\b[^<>]{0,300}\bid="answers"[^<>]{0,300}>([^<]*)</script>')
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_CUT = "\0"


def write(form: Form, content: Mapping[str, Any] | None = None) -> bytes:
    """Return the page: as it is issued, or filled in with a canonical content."""
    head, middle, between, end = _frame(form.questions.language, form.questions.title)
    who = form.respondent
    own = {
        "passport": form.passport,
        "respondent": who.printed,
        "who": who.name,
        "unit": who.unit_name,
        "answers": who.answers,
        "returnTo": form.return_to,
    }
    said = "" if content is None else _json({"at": 0, "text": yaml_form.write(form, content).decode()})
    # a JSON object can be put together from two: the respondent's own facts and what many are asked alike
    data = f"{_json(own)[:-1]},{_asked(form.questions)[1:]}"
    return "".join((head, escape(who.name), middle, data, between, said, end)).encode()


def shared(asked: Questions) -> tuple[bytes, ...]:
    """Return what all issued pages with the same questions have in common: beginning, middle and end."""
    head, middle, between, end = _frame(asked.language, asked.title)
    return head.encode(), middle.encode(), f",{_asked(asked)[1:]}{between}{end}".encode()


def recognises(data: bytes) -> bool:
    """Return whether this is the page, as issued or as a browser saved it."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(_SINGLE_FILE) or (head.startswith(b"<") and _OWN in data)


def read(data: bytes, file: str) -> Draft:
    """Return the answers that a saved page carries; the page as it was issued has none."""
    if _SINGLE_FILE in data[:1024]:
        return _refused(PAGE_SINGLE_FILE(Where(file)))
    found = _ANSWERS.search(data)
    if not found or not found[1].strip():
        return _refused(NOTHING_FILLED_IN(Where(file)))
    try:
        text = json.loads(found[1])["text"].encode(errors="replace")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _refused(PAGE_DAMAGED(Where(file)))
    draft = yaml_form.read(text, file)

    def placed(problems: list[Problem]) -> list[Problem]:
        # lines of the text inside are not lines that anybody could look up
        return [replace(problem, where=Where(file)) for problem in problems]

    return Draft(
        draft.data, lambda *_, **__: Where(file), placed(draft.problems), lambda form: placed(draft.overlooked(form))
    )


def _refused(problem: Problem) -> Draft:
    return Draft(None, lambda *_, **__: problem.where, [problem])


def _json(data: Any) -> str:
    """Return JSON that can be put into a script element of a page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _IN_SCRIPT.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


_asked_of: dict[str, str] = {}


def _asked(asked: Questions) -> str:
    """Return the JSON of everything that the page needs to know about the questions."""
    if asked.edition not in _asked_of:
        shown = asked.model_dump(
            mode="json", exclude={"campaign", "title", "coverage", "finding_fields", "finding_required", "round"}
        )
        own = {
            "campaign": asked.title,
            **({"round": asked.round, "row": of.row, "files": of.files} if (of := asked.of_round) else {}),
            "dueDay": asked.due.isoformat(),
            "words": {str(answer): word for answer, word in WORDS[asked.language].items()},
            "agree": AGREE[asked.language],
            "accepts": sorted(ACCEPTS),
            "synonyms": ANSWER_OF_WORD,
            "yes": sorted(YES),
            "no": sorted(NO),
            "coverage": [{"id": field.id, "title": field.title} for field in asked.coverage],
            **_finding(asked, translator(asked.language)),
            "largest": {"file": LARGEST_FILE, "total": LARGEST_TOTAL},
            "texts": page_texts(translator(asked.language)),
        }
        _asked_of[asked.edition] = _json(shown | own)
    return _asked_of[asked.edition]


_UNSEEN = ("number", "part", "given")
"""Kinds of fields that are no fields of the page."""


def _finding(asked: Questions, _: Callable[[str], str]) -> dict[str, Any]:
    """Return what is asked about a finding, and under which headings; item and part are one field of the page."""
    return {
        "findingNeeds": asked.finding_needs,
        "findingFields": [
            {
                "key": f.key,
                "kind": f.kind,
                "label": _(f.asked),
                "hint": _(f.hint) if f.hint else "",
                "offered": f.offered,
                **({"options": [{"id": id_, "title": _(word)} for id_, word in f.options]} if f.options else {}),
                **({"neededIf": f.needed_if} if f.needed_if else {}),
            }
            for f in asked.fields
        ],
        "findingGroups": [
            {
                "title": _(title),
                "keys": [f.key for f in chosen_first(asked.fields) if f.group == group and f.kind not in _UNSEEN],
            }
            for group, title in GROUPS.items()
            if any(f.group == group and f.kind not in _UNSEEN for f in asked.fields)
        ],
    }


@lru_cache
def _frame(language: Language, title: str) -> list[str]:
    """Return the page around the respondent's name, the data and the answers."""
    style, script = _source("page.css"), _script()
    page = Template(_source("page.html")).substitute(
        lang=language.replace("_", "-"),
        policy=_POLICY.format(script=_digest(script), style=_digest(style)),
        title=f"{_CUT} · {escape(title)}",
        style=style,
        data=_CUT,
        answers=_CUT,
        noscript=escape(page_texts(translator(language))["noscript"]),
        script=script,
    )
    return page.split(_CUT)


def _script() -> str:
    """Return all scripts as one, without indentation and comments, which every copy of the page would carry."""
    lines = (line.strip() for name in SCRIPTS for line in _source(name).split("\n"))
    code = (line for line in lines if line and not line.startswith(("//", "/*", "*")))
    return "\n".join(["(() => {", "'use strict';", *code, "})();"])


def _source(name: str) -> str:
    return files("selfaudit.forms.html").joinpath("page", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


FORMAT = Format(
    "html",
    ".html",
    write,
    recognises,
    read,
    N_(
        "Web form (.html): open it in a browser on a computer or phone (in WeChat: “…”, open in browser), fill it"
        " in, save the response, and send back the saved file."
    ),
    shared=shared,
)
