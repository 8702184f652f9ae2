"""docs/kits.md: its snippets are a kit, and what it says of keys and blocks is what the models say."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks.trials import Trials
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.model.base import Model
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.consistency import check_data
from selfaudit.model.data.register import (
    Code,
    Column,
    ColumnType,
    Fold,
    Named,
    Reference,
    Register,
    RegisterFigure,
    Table,
)
from selfaudit.model.data.registers import DataFiles
from selfaudit.model.finding import FINDING_FIELDS, FindingChoice
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.dispositions import SLOTS, Action, DispositionClass, FollowUp, NoticeKind
from selfaudit.model.kit.documents import OwnDocument, Whom
from selfaudit.model.kit.kit import Checklist, Citation, Item, Part
from selfaudit.model.kit.online_form import OnlineRow
from selfaudit.model.kit.outline import HEADINGS, Block, ReportOutline
from selfaudit.model.kit.plan import (
    CoverageField,
    Kind,
    Milestone,
    Notice,
    Phase,
    Plan,
    Post,
    ProfileField,
    Role,
    Submission,
)
from selfaudit.model.sampling.plan import Band, Extension, Factor, Population, Reviewers, SampleColumn, SamplePlan
from selfaudit.model.template import About
from selfaudit.reports.documents import documents_of
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.kits import load_kit
from selfaudit.workflow.common.trying import check_sql
from tests.reports.content_kit import make_kit
from tests.support.folders import plant
from tests.support.program import run
from tests.support.templates import word_file

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "kits.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
PLAN, MORE, CITATIONS, CHECKLIST, ITEM, REGISTER, CODES, FIGURES, DATA_CHECK, SAMPLE, REVIEWER, ABOUT, EDITOR = SNIPPETS
ENTRIES: dict[str, type[Model]] = {
    "notice": Notice,
    "phases": Phase,
    "milestones": Milestone,
    "working_group": Post,
    "deliverables": Deliverable,
    "roles": Role,
    "kinds": Kind,
    "coverage": CoverageField,
    "dispositions": DispositionClass,
    "actions": Action,
    "follow_up": FollowUp,
    "notices": NoticeKind,
    "finding_fields": FindingChoice,
    "profile": ProfileField,
    "documents": OwnDocument,
    "online_form": OnlineRow,
    "report": ReportOutline,
    "submission": Submission,
}


def optional(model: type[Model]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items() if not field.is_required()}


def keys(snippet: str, indent: int = 0) -> set[str]:
    return set(re.findall(rf"^(?:{' ' * indent}|{' ' * (indent - 2)}- )(\w+):", snippet, re.MULTILINE))


def rows(heading: str) -> dict[str, str]:
    """Return the table behind some words as first → second column."""
    table = PAGE.split(heading, 1)[1].split("|---|", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE))


def test_what_is_needed_alone_is_a_kit_without_mistakes(tmp_path: Path) -> None:
    kit = plant(tmp_path / "example-kit", {"campaign.yaml": PLAN, "business.yaml": CHECKLIST})
    found = run("validate", kit, "--json").data
    assert {problem["severity"] for problem in found} <= {"warning"}
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code in (0, 1)


def test_all_snippets_together_are_a_kit_from_which_forms_can_be_issued(tmp_path: Path) -> None:
    kit = plant(tmp_path / "example-kit", {
        "campaign.yaml": PLAN + MORE,
        "citations.yaml": CITATIONS,
        "business.yaml": CHECKLIST + ITEM,
        "registers/contracts.yaml": REGISTER,
        "registers/codes.yaml": CODES,
        "tables/audit_days.yaml": FIGURES,
        "templates/our-report/about.yaml": ABOUT,
        "templates/action-sheet/about.yaml": ABOUT.replace("document: final", "document: finding"),
        "templates/action-sheet/document.docx": word_file("{{ finding.id }}: {{ finding.correction }}"),
    })  # fmt: skip
    shutil.copyfile(shipped("templates") / "final-en" / "document.docx", kit / "templates/our-report/document.docx")
    found = run("validate", kit, "--json").data
    assert [problem["code"] for problem in found] == ["kit.citation-unverified"]
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code in (0, 1)
    assert run("issue", "--json", cwd=tmp_path / "campaign").code == 0


def test_the_snippets_name_every_key_and_say_which_may_be_left_out() -> None:
    assert keys(MORE) == optional(Plan)
    assert keys(PLAN) == {field.alias or name for name, field in Plan.model_fields.items()} - optional(Plan)
    assert optional(Checklist) == {"deliverables", "due"}
    assert keys(CHECKLIST, 4) - {"area"} == set(Item.model_fields) - optional(Item) | {"roles"}
    added = PAGE.split("To an item may be added:", 1)[1].split("(names of checks", 1)[0]
    assert set(re.findall(r"`(\w+)`", added)) == optional(Item) - {"roles"}
    assert optional(Citation) | {"id", "cite"} == keys(CITATIONS, 4)
    assert optional(About) == {"description"}
    assert optional(Part) == {"yes_means"}


def test_the_snippets_of_registers_have_every_key_and_every_type() -> None:
    assert keys(REGISTER) == {field.alias or name for name, field in Register.model_fields.items()}
    listed, named = REGISTER.split("named:")
    named, figures = named.split("figures:")
    assert keys(named, 2) == set(Named.model_fields)
    references = {field.alias or name for name, field in Reference.model_fields.items()}
    assert keys(listed, 4) == set(Column.model_fields) | references | set(Fold.model_fields)
    assert keys(figures, 4) == set(RegisterFigure.model_fields)
    assert set(rows("| `type` | a cell contains |")) == set(get_args(ColumnType))
    assert keys(CODES, 6) == set(Code.model_fields)
    assert keys(FIGURES) == set(Table.model_fields) - {"verified"}


def test_what_a_notice_can_print_is_listed() -> None:
    told = PAGE.split("In the texts of `notices`, braces take", 1)[1].split("and the fields of", 1)[0]
    assert re.findall(r"`(\w+)`", told) == list(SLOTS)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_table_says_which_keys_of_an_entry_may_be_left_out(entry: str) -> None:
    told = rows("the following keys may be left out")
    assert told.keys() == ENTRIES.keys()
    assert set(re.findall(r"`(\w+)`", told[entry].split(" of ")[0])) == optional(ENTRIES[entry])


def test_every_block_of_a_chapter_is_explained() -> None:
    assert set(rows("### The report")) == set(get_args(Block))


def test_everything_that_a_document_can_be_for_is_explained_with_the_templates_it_takes() -> None:
    own = rows("### Documents of its own")
    assert set(own) == set(get_args(Whom))
    kit = make_kit({"documents": [{"id": f"own-{whom}", "title": whom, "for": whom, "template": whom} for whom in own]})
    kinds = {name.removeprefix("own-"): made.kind for name, made in documents_of(kit.plan).items()}
    assert {whom: f"`{kinds[whom]}`" for whom in own} == {whom: row.rsplit("| ", 1)[1] for whom, row in own.items()}


def test_every_field_that_a_kit_may_leave_out_is_named() -> None:
    named = PAGE.split("`finding_fields` is a choice of", 1)[1].split(",\n  each", 1)[0]
    assert re.findall(r"`(\w+)`", named) == [field.key for field in FINDING_FIELDS if field.optional]


def test_every_field_that_a_kit_may_require_of_a_finding_is_named() -> None:
    named = PAGE.split("`finding_required` is a choice of", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`(\w+)`", named)) == {field.key for field in FINDING_FIELDS if field.requirable}


def test_the_first_line_for_an_editor_names_a_schema_there_is() -> None:
    name = re.search(r"docs/schema/(\S+)", EDITOR)
    assert name
    assert (Path(__file__).resolve().parent.parent / "docs" / "schema" / name[1]).is_file()


def test_no_text_is_shown_in_a_one_line_mapping() -> None:
    assert not [line for snippet in SNIPPETS for line in snippet.splitlines() if re.match(r"\s*(- |\w+: ?)\{", line)]


def test_every_key_of_the_report_is_explained_and_every_heading_named() -> None:
    table = PAGE.split("To `report` may be added:", 1)[1].split("\n\n", 2)[1]
    explained = {key for line in table.splitlines()[2:] for key in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert explained == optional(ReportOutline)
    named = PAGE.split("The headings are ", 1)[1].split("\n\n", 1)[0]
    assert re.findall(r"`(\w+)`", named) == list(HEADINGS)


def test_the_data_check_of_the_page_holds_over_the_shipped_registers(tmp_path: Path) -> None:
    plant(tmp_path, {"data-checks/OWN1.yaml": DATA_CHECK})
    kit = shipped("checklists") / "fake-cert-2023"
    loaded = load_data_kit(kit, tmp_path, [tmp_path / "data-checks"])
    own = loaded.kit.checks["OWN1"]
    assert [problem for problem in loaded.problems if problem.where.file.startswith("data-checks/OWN1")] == []
    assert list(check_sql(Trials(loaded.kit, loaded.file_of, (own.severity,)), [own])) == []
    table = PAGE.split("## A data check")[1].split("\n## ")[0]
    assert [name for name in DataCheck.model_fields if f"`{name}`" not in table and name != "format"] == []


def test_the_spot_check_of_the_page_holds_over_the_shipped_registers(tmp_path: Path) -> None:
    shutil.copytree(shipped("checklists") / "fake-cert-2023", tmp_path / "kit")
    plant(tmp_path, {"kit/samples/complaint-files.yaml": SAMPLE, "kit/data-checks/OWN1.yaml": DATA_CHECK})
    loaded, kit = load_data_kit(tmp_path / "kit", tmp_path), load_kit(tmp_path / "kit").kit
    assert [one for one in loaded.problems if "OWN1" not in one.where.file] == []
    assert list(check_data(loaded.kit, kit, DataFiles(loaded.file_of))) == []
    role = read_yaml(REVIEWER, "campaign.yaml")[0].data[0]
    assert Role.model_validate(role).sample in loaded.kit.samples
    table = PAGE.split("## A spot check")[1].split("\n## ")[0]
    parts = (SamplePlan, Population, SampleColumn, Factor, Band, Extension, Reviewers)
    keys = {name for part in parts for name in part.model_fields} - {"format"}
    assert sorted(name for name in keys if f"`{name}`" not in table and f"`{name}:" not in table) == []
