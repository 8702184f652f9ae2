"""The YAML form: a text file that can be filled in with any editor. Its format is specified in ``docs/formats.md``."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Where, note
from selfaudit.files.encodings import decode
from selfaudit.files.yaml.fast import read_fast
from selfaudit.files.yaml.reader import Document, read_yaml
from selfaudit.files.yaml.writer import dump
from selfaudit.forms.format import Format
from selfaudit.forms.reading.evidence import typed_files
from selfaudit.forms.reading.fields import quote
from selfaudit.forms.reading.reader import Draft
from selfaudit.forms.reading.sections import AGREE
from selfaudit.model.form.answers import WORDS, Answer
from selfaudit.model.form.confirming import OPINION
from selfaudit.model.form.form import RESPONSE_FORMAT, Form, FormItem, Questions
from selfaudit.model.form.rounds import RoundId
from selfaudit.model.kit.kit import UNVERIFIED_MARK

INTRODUCTION = (
    N_("Self-audit form: {title}"),
    N_("For: {who}. Return by {due}."),
    "",
    N_(
        "How to fill it in: write after the colon and space, on the same line. Lines beginning with # are explanations."
    ),
    N_("Answers: {words}. Leave items nobody checked at “{unchecked}”."),
    N_("A problem needs an entry under findings at the end; an item that does not apply needs a reason after note."),
    N_(
        "Put text in quotation marks if it contains # or a colon followed by a space, or begins with a sign such as"
        " @ % * & !"
    ),
    N_("Longer texts: write | after the colon and the text below it, indented by two more spaces."),
    N_("Do not change the passport, ids or questions. The file name does not matter."),
)
WITH_FILES = N_(
    "Where evidence is asked for, write the names of the files, separated by “;”, and send the form and the files"
    " together, in one zip."
)
ROUND_INTRODUCTIONS: dict[RoundId, tuple[str, ...]] = {
    "corrections": (
        N_("Form for corrections: {title}"),
        *INTRODUCTION[1:3],
        INTRODUCTION[3],
        N_("Each entry is a finding that you are responsible for. First stands what was reported: leave it as it is."),
        N_("Write below it what is done about it. What you leave empty stays as it is in the register."),
        *INTRODUCTION[6:8],
        WITH_FILES,
        N_("Do not change the passport or the numbers of the findings. The file name does not matter."),
    ),
    "confirmations": (
        N_("Form for confirmations: {title}"),
        *INTRODUCTION[1:3],
        INTRODUCTION[3],
        N_(
            "Each entry is a file that you read first and that somebody else has reviewed. Leave what the review found."
        ),
        N_("Write at the end of each entry whether you agree ({agree} / {disagree}), and if you do not, the reason."),
        *INTRODUCTION[6:8],
        N_("Do not change the passport or the numbers of the files. The file name does not matter."),
    ),
}
"""What stands at the beginning of a form of each round."""
AGAIN = N_(
    "This form was issued again: since you answered, questions were reworded or added. They are marked; please answer"
    " them. Leave empty what you have answered already; it is carried over. Fill in other places only to change them."
)
AGAIN_MARK = N_("New or reworded: please answer")
FILLED_BY = N_("Name of the person who fills this in")
FILLED_ON = N_("Date, such as {day}; if you send it again on the same day, add the time: {day} 14:30")
COVERAGE = N_("Numbers, digits only")
HOW = N_("How to check: {text}")
EVIDENCE = N_("Evidence: {text}")
EVIDENCE_FILES = N_("names of the files that show it, separated by “;”")
REQUIRED_FILES = {
    "on_problem": N_("Evidence files are required if there is a problem."),
    "always": N_("Evidence files are required."),
}
"""What a form says of an item to which files have to come."""
BASIS = N_("Legal basis: {text}")
ITEM_DUE = N_("by {day}")
FINDINGS = N_(
    "Problems found: one entry for each. For another one, copy all lines of an entry and paste them below the last."
)
REQUIRED = N_("(required)")
CLUES = N_("{title}; leave it empty if there are none")
ACCEPT = N_("Write {word} to accept this declaration:")
REMARKS = note(
    "form.remarks",
    N_("lines beginning with # are not read: {lines}"),
    N_("Write answers after a name, without #."),
)
QUOTED_LINES = 5
_OF_A_FORM = re.compile(
    r"selfaudit/|^\W*(?:selfaudit|passport|(?:表单)?标识|items|自查项目?)\W*[:：]", re.IGNORECASE | re.MULTILINE
)
_COMMENT = re.compile(r"\n[^\S\n]*+(#[^\n]*+)")


def write(form: Form, content: Mapping[str, Any] | None = None) -> bytes:
    """Return the form as UTF-8: as it is issued, every answer unchecked, or filled in with a canonical content."""
    body = _issued_body(form.questions) if content is None else _body(form.questions, content)
    return (_head(form, content) + body).encode()


def read(data: bytes, file: str) -> Draft:
    """Return what a YAML form says, with every typing mistake; of any other file, what it is."""
    decoded = decode(data, file)
    said = decoded.notes + decoded.errors
    if not decoded.text or _is_other_text(decoded.text):
        return Draft(None, lambda *_, **__: Where(file, 1, 1), said)

    def remarks(form: Form) -> list[Problem]:
        return _remarks(decoded.text, file, form)

    plain = read_fast(decoded.text)
    if plain is not None:
        return Draft(plain, partial(_place, decoded.text, file), said, remarks)
    document, problems = read_yaml(decoded.text, file)
    return Draft(document.data, document.where, said + problems, remarks)


def _is_other_text(text: str) -> bool:
    """Return whether nothing in a text is of a form, such as minutes; its mistakes of YAML would help nobody."""
    return not _OF_A_FORM.search(text)


@lru_cache(maxsize=1)
def _document(text: str, file: str) -> Document:
    return read_yaml(text, file)[0]


def _place(text: str, file: str, path: tuple[str | int, ...] = (), *, key: bool = False) -> Where:
    """Return the place of a value; most forms have nothing to report, so that nobody asks for one."""
    return _document(text, file).where(path, key=key)


def _remarks(text: str, file: str, form: Form) -> list[Problem]:
    """Report lines that somebody wrote as comments, where nothing is read."""
    text_below = text[max(0, text.find("\nselfaudit:")) :]
    printed = _printed_lines(form)
    if printed.issuperset(_COMMENT.findall("\n" + text_below)):
        return []
    lines = text_below.split("\n")
    own = [n for n, line in enumerate(lines) if line not in printed and line.lstrip().startswith("#")]
    own = [n for n in own if lines[n].strip("# \t") and printed.isdisjoint((lines[n].strip(), _unmarked(lines[n])))]
    if not own:
        return []
    first = text.count("\n") - len(lines) + 2 + own[0]
    quoted = [quote(lines[n].strip()) for n in own[:QUOTED_LINES]]
    return [REMARKS(Where(file, first, 1), lines=" / ".join(quoted) + (" …" if len(own) > QUOTED_LINES else ""))]


def _head(form: Form, content: Mapping[str, Any] | None = None) -> str:
    asked = form.questions
    _ = translator(asked.language)
    words = WORDS[asked.language]
    facts = {
        "title": asked.title,
        "who": form.respondent.printed,
        "due": asked.due.isoformat(),
        "words": " / ".join(
            words[a] for a in (Answer.CONFORM, Answer.PROBLEM, Answer.NOT_APPLICABLE, Answer.UNCHECKED)
        ),
        "unchecked": words[Answer.UNCHECKED],
        **{id_: _(word) for id_, word in OPINION.items()},
    }
    said = content or {}
    data = {
        "selfaudit": RESPONSE_FORMAT,
        "passport": form.passport,
        "campaign": asked.title,
        "respondent": form.respondent.printed,
        "filled_by": said.get("filled_by", ""),
        "filled_on": said.get("filled_on", "").replace("T", " "),
    }
    usual = [*INTRODUCTION, *([WITH_FILES] if asked.wants_files else []), *(("", AGAIN) if asked.again else ())]
    introduction = ROUND_INTRODUCTIONS[asked.round] if asked.given else usual
    comments: dict[tuple[str | int, ...], str] = {
        (): "\n".join(_(line).format(**facts) if line else "" for line in introduction) + "\n\n",
        ("filled_by",): f"\n{_(FILLED_BY)}",
        ("filled_on",): _(FILLED_ON).format(day=asked.due),
    }
    return _emptied(dump(data, comments))


_issued: dict[str, str] = {}
_printed: dict[str, frozenset[str]] = {}


def _printed_lines(form: Form) -> frozenset[str]:
    """Return every line of the form as it is or was printed."""
    former = (form.model_copy(update={"questions": asked}) for asked in form.former_editions)
    return frozenset[str]().union(*map(_lines_of, (form, *former))) if form.former_editions else _lines_of(form)


def _lines_of(form: Form) -> frozenset[str]:
    edition = form.questions.edition
    if edition not in _printed:
        mark = translator(form.questions.language)(AGAIN_MARK)
        lines = [*write(form).decode().split("\n"), f"# {mark}"]
        _printed[edition] = frozenset([*lines, *(line.strip() for line in lines), *map(_unmarked, lines)])
    return _printed[edition]


def _unmarked(line: str) -> str:
    """Return a line as it is printed once its citations are verified, which makes no new form."""
    for mark in UNVERIFIED_MARK.values():
        line = line.replace(mark, "")
    return line.strip()


def _issued_body(asked: Questions) -> str:
    # ten thousand respondents share a few sets of questions
    if asked.edition not in _issued:
        _issued[asked.edition] = _body(asked, {})
    return _issued[asked.edition]


def _body(asked: Questions, content: Mapping[str, Any]) -> str:
    _ = translator(asked.language)
    items = {item["id"]: item for item in content.get("items", ())}
    data: dict[str, Any] = {}
    comments: dict[tuple[str | int, ...], str] = {}
    if asked.coverage:
        said = content.get("coverage", {})
        data["coverage"] = {field.id: str(said.get(field.id, "")) for field in asked.coverage}
        comments[("coverage",)] = f"\n{_(COVERAGE)}"
        comments |= {("coverage", f.id): _marked(f.title, f"coverage:{f.id}", asked) for f in asked.coverage}
    if asked.items:
        data["items"] = [_item(item, items.get(item.id, {}), asked) for item in asked.items]
        comments.update(_item_comments(asked, _))
    data["findings"] = [_finding(finding, asked) for finding in asked.findings_in(content)] or [_finding({}, asked)]
    comments[("findings",)] = "\n" if asked.given else f"\n{_(FINDINGS)}"
    comments |= {("findings", 0, *path): text for path, text in _finding_comments(asked, _)}
    if asked.suggestions:
        said = content.get("suggestions", {})
        data["suggestions"] = {box.id: said.get(box.id, "") for box in asked.suggestions}
        comments[("suggestions",)] = "\n"
        comments |= {("suggestions", b.id): _marked(b.title, f"suggestion:{b.id}", asked) for b in asked.suggestions}
    if asked.clues:
        data["clues"] = content.get("clues", "")
        comments[("clues",)] = "\n" + _marked(_(CLUES).format(title=asked.clues), "clues:", asked)
    word = AGREE[asked.language]
    data["declaration"] = word if content.get("declaration") else ""
    comments[("declaration",)] = f"\n{asked.declaration}\n{_(ACCEPT).format(word=word)}"
    return _emptied(dump(data, comments))


def _item(item: FormItem, said: Mapping[str, Any], asked: Questions) -> dict[str, Any]:
    files = item.evidence_required != "never"
    if not item.parts:
        return {"id": item.id, "ask": item.ask, **_answer(said, asked, files=files)}
    own = {part["id"]: part for part in said.get("parts", ())}
    rows = [{"id": p.id, "ask": p.ask, **_answer(own.get(p.id, {}), asked, files=files)} for p in item.parts]
    return {"id": item.id, "ask": item.ask, "parts": rows}


def _answer(said: Mapping[str, Any], asked: Questions, *, files: bool) -> dict[str, Any]:
    """Return the lines of an answer, with one for evidence where it is asked for or there is any."""
    answer = Answer(said.get("answer", Answer.UNCHECKED))
    texts = {"answer": WORDS[asked.language][answer], "note": said.get("note", "")}
    named = said.get("evidence", ())
    return {**texts, **({"evidence": typed_files(named)} if files or named else {})}


def _item_comments(asked: Questions, _: Callable[[str], str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    titles = {area.id: area.title for area in asked.areas}
    area = ""
    for n, item in enumerate(asked.items):
        lines = [""]
        if item.area != area:
            area = item.area
            lines += [f"── {titles[area]} ──"]
        lines.append(f"{item.id} {item.title} ({_(ITEM_DUE).format(day=item.due)})")
        lines += item.hint.splitlines()
        lines += _(HOW).format(text=item.how).splitlines()
        lines += _(EVIDENCE).format(text="; ".join(item.evidence)).splitlines()
        lines += [_(REQUIRED_FILES[item.evidence_required])] if item.evidence_required in REQUIRED_FILES else []
        lines += [_(BASIS).format(text="; ".join(item.legal_basis))] if item.legal_basis else []
        yield ("items", n), _marked("\n".join(lines), item.id, asked)
        for m, part in enumerate(item.parts):
            if f"{item.id} {part.id}" in asked.again:
                yield ("items", n, "parts", m), _(AGAIN_MARK)


def _marked(text: str, place: str, asked: Questions) -> str:
    """Return what is written above a place, and that it is to be answered if the form was issued again."""
    return f"{text}\n{translator(asked.language)(AGAIN_MARK)}" if place in asked.again else text


def _finding(said: Mapping[str, Any], asked: Questions) -> dict[str, Any]:
    """Return the lines of a finding, the empty ones included; an empty finding has the number 1."""
    texts = {field.key: str(said.get(field.key, "")) for field in asked.fields}
    lines: dict[str, Any] = {**texts, "number": texts["number"] or "1"}
    if asked.dispositions:
        lines["disposition"] = {d.id: said.get("disposition", {}).get(d.id, "") for d in asked.dispositions}
    named = said.get("evidence", ())
    return {**lines, **({"evidence": typed_files(named)} if asked.wants_files or named else {})}


def _finding_comments(asked: Questions, _: Callable[[str], str]) -> Iterator[tuple[tuple[str, ...], str]]:
    severities = ", ".join(severity.title for severity in asked.severities)
    needs = {"number", *asked.finding_needs}
    for field in (one for one in asked.fields if one.help):
        help_ = _(field.help).format(severities=severities, item=asked.items[0].id if asked.items else "")
        yield (field.key,), help_ + (f" {_(REQUIRED)}" if field.key in needs else "")
    for d in asked.dispositions:
        yield ("disposition", d.id), d.title + (f": {' / '.join(d.actions)}" if d.actions else "")
    if asked.wants_files:
        yield ("evidence",), _(EVIDENCE_FILES)


def _emptied(text: str) -> str:
    """Leave nothing where somebody is to write, and no invisible mark in a comment.

    A quoted text never ends in a bare pair of quotation marks, and contains such a mark as an escape only.
    """
    return re.sub(r'(?m): (?:""|\[\])$', ": ", text).replace("\ufeff", "")


FORMAT = Format(
    "yaml",
    ".yaml",
    write,
    lambda _: False,
    read,
    N_("Text form (.yaml): open it with any text editor, write after the colons, save it and send the file back."),
)
