"""What a document is: one module that says what is in it and builds that, declared as one ``Document``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

from selfaudit.base.i18n import translator
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.form.form import Form
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.dispositions import NoticeKind
from selfaudit.model.kit.plan import Language, Plan
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.reports.context.parts import CampaignInfo
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting
from selfaudit.word.values import Properties

Audience = Literal["body", "unit", "branch", "any unit", "person", "respondent", "file", "finding", "notice"]
"""What or whom a document is for: one for the whole body, or one each for units that are no branches, for branches, for
all of these, for people, for everybody who answers, for reviews of files, for findings or for what was decided about
some of them."""

_TEMPLATE_ENDINGS: dict[Language, str] = {"zh_CN": "zh", "en": "en"}


class Content(Protocol):
    """What the context of every document has."""

    @property
    def title(self) -> str:
        """The title of the document."""

    @property
    def body(self) -> str:
        """The name of the body."""

    @property
    def campaign(self) -> CampaignInfo:
        """The campaign."""


@dataclass(frozen=True)
class Request:
    """What a document is made from: everybody's standings, read once, and the one it is for, if it is for one.

    That of a finding is for whoever reported it. A notice comes with its kind and its number, a confirmation with its
    form, the canonical content that came back, and the hash of that.
    """

    setting: Setting
    standings: Iterable[Standing]
    addressee: Standing | None = None
    finding: FindingRecord | None = None
    notice: tuple[NoticeKind, str, Notice] | None = None
    confirmation: tuple[Form, Mapping[str, Any], str] | None = None

    @cached_property
    def evidence(self) -> Evidence:
        """What everybody says together."""
        return Evidence(self.setting, self.standings)

    @property
    def standing(self) -> Standing:
        """The standing of the respondent whom the document is for."""
        if self.addressee is None:
            raise ValueError(self)
        return self.addressee

    @property
    def found(self) -> FindingRecord:
        """The finding that the document is about."""
        if self.finding is None:
            raise ValueError(self)
        return self.finding

    @property
    def about_notice(self) -> tuple[NoticeKind, str, Notice]:
        """The kind, the number and the record of the notice that is made."""
        if self.notice is None:
            raise ValueError(self)
        return self.notice

    @property
    def about_confirmation(self) -> tuple[Form, Mapping[str, Any], str]:
        """The form of a first reader, and what came back in it."""
        if self.confirmation is None:
            raise ValueError(self)
        return self.confirmation


@dataclass(frozen=True, slots=True)
class Document:
    """One document.

    Its ``name`` is that of ``about.yaml``, of ``templates:`` in ``campaign.yaml`` and of the shipped template folders.
    ``word`` is a message id that says for what or whom it is. ``context`` is the dataclass that a template prints, and
    ``build`` makes one. The file lies in ``folder`` below ``reports/``; ``ending``, a message id, ends its name.
    One that takes the templates of another document is ``like`` that. One that a kit adds
    may be limited to some ``roles``. One that is not ``of_answers`` says what is planned, whatever respondents say.
    One that is ``delivered`` is called like the deliverable that a kit says it is, in its title and its file name.
    """

    name: str
    word: str
    audience: Audience
    context: type
    build: Callable[[Request], Any]
    folder: str = ""
    ending: str = ""
    like: str = ""
    roles: tuple[str, ...] = ()
    of_answers: bool = True
    delivered: bool = False

    @property
    def kind(self) -> str:
        """The document that its templates say they are for."""
        return self.like or self.name

    def template(self, language: Language) -> str:
        """Return the name of the shipped template."""
        return f"{self.kind}-{_TEMPLATE_ENDINGS[language]}"

    def ending_in(self, language: Language) -> str:
        """Return what the file name ends with in a language."""
        return translator(language)(self.ending) if self.ending else ""

    def called_in(self, plan: Plan) -> str:
        """Return what ends its file name: the title of the deliverable that it is, or its own words."""
        it = self.deliverable(plan) if self.delivered else None
        return it.title if it else self.ending_in(plan.language)

    def deliverable(self, plan: Plan) -> Deliverable | None:
        """Return the deliverable that it is, None if the plan has no such one."""
        return next((one for one in plan.deliverables if one.made == self.name), None)


def properties_of(content: Content, language: Language, mark: str = "") -> Properties:
    """Return what the Word file of a document says about itself; ``mark`` goes with it and is read by ``mark_of``."""
    return Properties(
        language=language,
        title=content.title,
        author=content.body,
        subject=content.campaign.title,
        identifier=content.campaign.id,
        mark=mark,
    )
