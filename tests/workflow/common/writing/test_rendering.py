"""A template that never ends or eats memory ends with a message that names the place, and the next is filled in."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.template import About
from selfaudit.reports.figures import Deferred
from selfaudit.store.templates import Template
from selfaudit.word.engine import render
from selfaudit.word.values import Figure, Properties
from selfaudit.workflow.common.writing import rendering
from selfaudit.workflow.common.writing.rendering import Renderer
from tests.support.templates import word_file

ENGLISH = Properties("en")
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@dataclass(frozen=True, slots=True)
class Context:
    title: str = "A title"
    count: Figure | None = None


class Sent:
    """Does something when it arrives in another process."""

    def __init__(self, function: Callable[..., Any], *args: object) -> None:
        self.function, self.args = function, args

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return self.function, self.args


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Template]:
    """Makes a template of some paragraphs."""

    def write(*paragraphs: str) -> Template:
        (tmp_path / "document.docx").write_bytes(word_file(*paragraphs))
        about = About(format="selfaudit/template/1", title="T", language="en", document="person")
        return Template("our-letter", about, tmp_path)

    return write


def refusal(renderer: Renderer, template: Template, context: object = None) -> str:
    with pytest.raises(UserError) as caught:
        renderer.render(template, context or Context(), ENGLISH)
    (problem,) = caught.value.problems
    return str(problem)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def test_a_document_is_what_the_engine_makes_of_it(written: Callable[..., Template]) -> None:
    template = written("{{ title }}", "{{ count }}")
    context = Context(count=Figure("a", 7, "A", Deferred(lambda: ["Ann"])))
    with Renderer() as renderer:
        made = [renderer.render(template, context, ENGLISH, draft=draft) for draft in (True, False)]
    assert texts(made[0]) == texts(render(template.document, context, ENGLISH, draft=True)) == ["A title", "7"]
    assert docx.Document(BytesIO(made[0])).sections[0].header.paragraphs[0].text == "DRAFT"
    assert docx.Document(BytesIO(made[1])).sections[0].header.paragraphs[0].text == ""


@pytest.mark.parametrize(
    ("tags", "near"),
    [
        (ENDLESS, "{% for a in range(99999) %}"),
        ("{{ 10**(10**10) }}", "{{ 10**(10**10) }}"),
        ("{% for a in range(99999) %}{{ (title * 999)|replace('A', 'B' * 999)|length }}{% endfor %}", "{% for a in"),
    ],
)
def test_what_never_ends_is_ended_and_its_place_is_named(
    written: Callable[..., Template], monkeypatch: pytest.MonkeyPatch, tags: str, near: str
) -> None:
    with Renderer() as renderer:
        # the process that is started by the first document spends more than this second on its libraries
        renderer.render(written("{{ title }}"), Context(), ENGLISH)
        monkeypatch.setattr(rendering, "SECONDS", 1)
        said = refusal(renderer, written("One", tags, "Three"))
        assert said.startswith(f"our-letter/document.docx:“{near}")
        assert "filling in the template takes longer than 1 seconds" in said
        monkeypatch.undo()
        assert texts(renderer.render(written("{{ title }}"), Context(), ENGLISH)) == ["A title"]


def test_what_never_ends_is_found_by_lint_too(
    written: Callable[..., Template], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Renderer() as renderer:
        assert renderer.lint(written("{{ title }}"), Context) == []
        monkeypatch.setattr(rendering, "SECONDS", 1)
        (problem,) = renderer.lint(written("One", ENDLESS), Context)
    assert problem.code == "template.costly"
    assert str(problem).startswith("document.docx:“{% for a in range(99999) %}")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 'x' * 10**10 }}",
        "{{ 'x'|center(10**10) }}",
        "{{ '%99999999999d' % 1 }}",
        "{{ '{:99999999999}'.format(title) }}",
    ],
)
def test_what_eats_memory_is_ended_and_its_place_is_named(written: Callable[..., Template], tag: str) -> None:
    with Renderer() as renderer:
        said = refusal(renderer, written("One", tag))
        assert said.startswith(f"our-letter/document.docx:“{tag[:20]}")
        assert "takes more memory than a document may" in said
        assert {p.code for p in renderer.lint(written("One", tag), Context)} == {"template.memory"}


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ range.__self__ }}",
        "{{ ''.format.__globals__ }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ (title|attr('__class__')).x }}",
        "{{ self._TemplateReference__context.environment }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ joiner.__init__.__globals__ }}",
        "{% set namespace = 1 %}{{ lipsum.__globals__['os'] }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_does_not_get_out_of_its_sandbox(written: Callable[..., Template], tag: str) -> None:
    with Renderer() as renderer:
        assert "the template cannot be filled in near" in refusal(renderer, written("One", tag))


def test_a_process_that_dies_costs_that_document_only(written: Callable[..., Template]) -> None:
    template = written("{{ title }}")
    with Renderer() as renderer:
        said = refusal(renderer, template, Sent(os._exit, 1))
        assert said.startswith("our-letter/document.docx: filling in the template crashed the process")
        assert texts(renderer.render(template, Context(), ENGLISH)) == ["A title"]


def test_a_mistake_of_ours_is_not_blamed_on_the_template(written: Callable[..., Template]) -> None:
    with Renderer() as renderer, pytest.raises(ZeroDivisionError):
        renderer.render(written("{{ title }}"), Sent(divmod, 1, 0), ENGLISH)


def test_sources_of_a_figure_are_not_printed_and_lint_says_so(written: Callable[..., Template]) -> None:
    template = written("{% for source in count.sources %}{{ source }}{% endfor %}")
    with Renderer() as renderer:
        context = Context(count=Figure("a", 7, "A", Deferred(lambda: ["Ann"])))
        assert "documents print figures, but not their sources" in refusal(renderer, template, context)
        (problem,) = renderer.lint(template, Context)
    assert problem.message == "“count” has no “sources”"
