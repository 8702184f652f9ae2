"""Documents of which there is one each for units, people or findings."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, UserError, error
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.reports.build.reviewed import DOCUMENT as REVIEW
from selfaudit.reports.build.samples import LISTS
from selfaudit.reports.build.similar import DOCUMENT as LOOKALIKES
from selfaudit.reports.build.similar import PAIRS
from selfaudit.reports.document import Document, Request, properties_of
from selfaudit.reports.setting import Setting
from selfaudit.reports.similar import Alike
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.word.values import QrCode
from selfaudit.workflow.common.state.checked import check_run
from selfaudit.workflow.common.state.confirmed import confirmations, told
from selfaudit.workflow.common.state.lookalikes import judging, usable
from selfaudit.workflow.common.state.register import register
from selfaudit.workflow.common.state.results import results
from selfaudit.workflow.common.state.samples import drawn, read_by
from selfaudit.workflow.common.state.signing import said_by_unit, signed_documents
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.state.verdicts import Now, verdicts_of
from selfaudit.workflow.common.writing.documents import template_of
from selfaudit.workflow.common.writing.laying_out import lay_out_files
from selfaudit.workflow.common.writing.places import audiences, place_of, place_of_body
from selfaudit.workflow.common.writing.rendering import Renderer
from selfaudit.workflow.common.writing.superseding import put_in_place, write_over
from selfaudit.workflow.report.manner import Manner

NOBODY = error("report.nobody", N_("no {document} is called “{name}”"), N_("Known: {known}."))


_OWN_WORDS = ("person", "respondent", "file")
"""What is made for these says only what they reported themselves."""


@dataclass(slots=True)
class Written:
    """The documents written, what each is for (a message id), and who has none because nothing came back from them.

    ``aside`` is where a file is that was there before, if somebody may have gone on writing in it.
    ``pdfs`` are there only if they were asked for; ``problems`` say why they are not.
    """

    what: str
    paths: list[Path] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)
    pdfs: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Case:
    """What one file is about: a respondent, or one of their findings."""

    standing: Standing
    finding: FindingRecord | None = None

    def path(self, folder: Path, ending: str) -> Path:
        """Return where its file lies below a folder: in that of the unit, with a name that ends like this."""
        return folder / place_of(self.standing.respondent, ending, self.finding.short_id if self.finding else "")

    @property
    def names(self) -> set[str]:
        """By what it can be chosen."""
        who = self.standing.respondent
        file = {who.drawn[1], who.reviewer} if who.answers == "file" else set()
        return (
            {who.name, who.number}
            | file
            | ({self.finding.id, self.finding.short_id, who.unit_name} if self.finding else set())
        )


def write_reports(
    workspace: Workspace, document: Document, setting: Setting, names: tuple[str, ...], manner: Manner
) -> Written:
    """Write one document each into ``reports/``; without names, for all who answered or for every finding.

    What people sign says what they reported; everything else says how it is handled by now.
    """
    with workspace.reading() as ledger:
        everybody = list(standings(ledger, setting.kit))
        setting = setting if document.audience in _OWN_WORDS else replace(setting, register=register(ledger))
        if document.audience == "file":
            confirmed = confirmations(ledger, setting.kit, everybody)
            setting = replace(setting, confirmed=confirmed, read_by=read_by(workspace, ledger))
    template = template_of(document, setting.kit.plan, workspace)
    language = template.about.language
    folder, ending = workspace.reports / document.folder, document.called_in(setting.kit.plan)
    chosen = _chosen(_cases(everybody, setting, document), document, names)
    signed = signed_documents(workspace, setting.kit, setting.roster)
    codes = {one.who.key: one for one in signed if one.who and one.deliverable.made == document.name}
    done = Written(document.word)
    manner.listener.start("report", len(chosen))
    with Renderer() as renderer:
        for case in chosen:
            manner.listener.step()
            if case.standing.content is None and case.finding is None:
                done.waiting.append(case.standing.respondent.name)
                continue
            made = document.build(Request(setting, everybody, case.standing, case.finding))
            if (one := codes.get(case.standing.respondent.key)) and not made.draft:
                code = one.code(said_by_unit(setting, case.standing.respondent.number, everybody))
                made = replace(made, code=code, qr=QrCode(code, small=True))
            data = renderer.render(template, made, properties_of(made, language), draft=made.draft)
            done.paths.append(case.path(folder, ending))
            write_over(workspace, done.paths[-1], data)
    if manner.pdf:
        done.pdfs = lay_out_files(done.paths, done.problems, manner.listener)
    return done


def write_one(workspace: Workspace, document: Document, setting: Setting, manner: Manner) -> Written:
    """Write a document of the whole body into ``reports/``."""
    with workspace.reading() as ledger:
        lists = drawn(workspace, ledger) if document.name in (*LISTS, REVIEW.name) else ()
        samples = [replace(one, told=told(ledger, setting.kit, one.one.state.id)) for one in lists]
        found = results(ledger, setting.kit, lists) if document is REVIEW else ()
        setting = replace(setting, register=register(ledger), samples=samples, results=found)
        if document is REVIEW:
            everyone = setting.everybody or setting.roster
            setting = replace(setting, data=check_run(workspace, ledger, setting.kit, everyone))
        if document.name == LOOKALIKES.name:
            setting = replace(setting, alike=_with_texts(workspace, ledger, setting))
        made = document.build(Request(setting, standings(ledger, setting.kit)))
    template = template_of(document, setting.kit.plan, workspace)
    with Renderer() as renderer:
        data = renderer.render(template, made, properties_of(made, template.about.language), draft=made.draft)
    path = workspace.reports / place_of_body(document, setting.kit.plan)
    done = Written(document.word, [path], aside=put_in_place(workspace, path, data))
    if manner.pdf:
        done.pdfs = lay_out_files(done.paths, done.problems, manner.listener)
    return done


def _with_texts(workspace: Workspace, ledger: Ledger, setting: Setting) -> Alike:
    """Return what is alike with the texts of the pairs that are most alike; stops if nothing was compared."""
    from selfaudit.workflow.common.lookalikes import reading  # noqa: PLC0415 - no other document needs arrays

    made, say = usable(workspace), setting.wording.tr
    now = Now(setting.kit.plan, setting.everybody or setting.roster, setting.today)
    with reading(workspace, made, say) as texts:
        shown = tuple(texts.most_alike(PAIRS))
    return Alike(made, judging(verdicts_of(workspace, ledger, now), made, say), shown)


def _cases(everybody: list[Standing], setting: Setting, document: Document) -> list[_Case]:
    concerned = {s.respondent.key: s for s in everybody if _has_role(s.respondent, document)}
    if document.audience == "finding":
        found = Request(setting, everybody).evidence.findings
        return [_Case(concerned[f.respondent.key], f) for f in found if f.respondent.key in concerned]
    there = (s for s in concerned.values() if s.active or s.content is not None)
    return [_Case(s) for s in there if document.audience in audiences(s.respondent, setting.roster)]


def _has_role(who: Respondent, document: Document) -> bool:
    return not document.roles or not set(document.roles).isdisjoint(who.roles)


def _chosen(cases: list[_Case], document: Document, names: tuple[str, ...]) -> list[_Case]:
    known = {name for case in cases for name in case.names}
    if missing := [name for name in names if name not in known]:
        some = Some([case.finding.short_id if case.finding else case.standing.respondent.name for case in cases])
        raise UserError([NOBODY(document=Term(document.word), name=name, known=some) for name in missing])
    return [case for case in cases if not names or not case.names.isdisjoint(names)]
