"""Every document keeps the same promises; a new one in ``DOCUMENTS`` is found and held to them by itself."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from selfaudit.base.resources import shipped
from selfaudit.model.disposition.notice import Notice, Said
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.kit.dispositions import NoticeKind
from selfaudit.model.kit.plan import Language
from selfaudit.model.passport import respondent_code
from selfaudit.reports.document import Audience, Document, Request, properties_of
from selfaudit.reports.documents import DOCUMENTS, KINDS
from selfaudit.store.templates import load_template, template_folders
from selfaudit.workflow.kits import schema_text
from tests.reports.content_kit import FINDING, TINY, complete, make_setting, reviewed
from tests.support.program import run

LANGUAGES: tuple[Language, ...] = get_args(Language)
RESPONDENT = {
    "unit": "Technical",
    "any unit": "North",
    "branch": "North",
    "person": "Bob",
    "respondent": "Bob",
    "file": "P1 (Wang)",
}

NOTICE = (
    NoticeKind(id="letter", title="Letter", number="L-{n}", text=("Certificate {target}: {action}.",)),
    "L-1",
    Notice(kind="letter", title="Letter", series="L-{n}", n=1, on=date(2026, 3, 1), says=(Said(id="D001"),)),
)


@pytest.fixture(params=DOCUMENTS.values(), ids=list(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> Document:
    """A document."""
    made: Document = request.param
    return made


def test_a_document_is_known_by_its_own_name(document: Document) -> None:
    assert DOCUMENTS[document.name] is document
    assert document.audience in get_args(Audience)
    assert document.word


def test_no_two_documents_for_the_same_people_lie_in_one_place() -> None:
    places = [(document.audience, document.folder, document.ending) for document in DOCUMENTS.values()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_has_a_shipped_template_in_every_language(document: Document, language: Language) -> None:
    about = load_template(document.template(language), None).about
    assert (about.document, about.language) == (document.kind, language)


def test_every_shipped_template_is_that_of_a_document() -> None:
    wanted = {document.template(language) for document in DOCUMENTS.values() for language in LANGUAGES}
    assert set(template_folders(None)) == wanted
    assert shipped("templates").is_dir()


def test_a_document_builds_what_its_templates_print_and_the_file_says_whose_it_is(document: Document) -> None:
    answers = [*complete(Bob={"findings": [FINDING]}), reviewed("Wang", "conform")]
    standings = [replace(one, digest="0" * 64) for one in answers]
    name = RESPONDENT.get(document.audience)
    addressee = next((standing for standing in standings if standing.respondent.name == name), None)
    reader = FormBuilder(TINY).form(standings[0].respondent, respondent_code(TINY.plan.id, "unit:T"))
    said = (reader, {"passport": reader.passport, "findings": []}, "0" * 64)
    made = document.build(Request(make_setting(), standings, addressee, notice=NOTICE, confirmation=said))
    properties = properties_of(made, "en")
    assert (properties.title, properties.author) == (made.title, "The Body")
    assert (properties.subject, properties.identifier) == ("Tiny self-audit", "tiny-2023")
    assert type(made) is document.context


def test_the_schemas_know_every_document() -> None:
    about, plan = (json.loads(schema_text(name))["properties"] for name in ("template", "campaign"))
    assert about["document"]["enum"] == list(KINDS)
    assert plan["templates"]["propertyNames"] == {"enum": list(DOCUMENTS)}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_template_can_print_is_explained_in_chinese(kind: str) -> None:
    told = run("--lang", "zh_CN", "template", "vars", kind, "--json").data
    assert told
    assert [
        entry for entry in told if re.search("[a-z]{3}", entry["doc"]) and not re.search("[一-龥]", entry["doc"])
    ] == []
