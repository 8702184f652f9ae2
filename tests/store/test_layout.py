"""Where things lie in a campaign folder: one module says it, all others ask."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import selfaudit
from selfaudit.base.text import file_name
from selfaudit.store.layout import Layout

SOURCES = Path(selfaudit.__file__).parent
SHA256 = "ab" * 32

# a folder or file of a campaign, alone or with something below it
SPELT = re.compile(
    r"(inbox|outbox|received|papers|reports|registers|samples|case-files|checklists|templates|\.selfaudit)/"
    r"|(.*/)?(campaign\.db|merged\.yaml|campaign\.yaml|roster\.yaml|profile\.yaml|to-confirm\.html|unreadable\.html)$"
)
FOLDER = re.compile(
    r"inbox|outbox|received|papers|reports|registers|case-files|checklists|templates|reminders|scans|\.pictures"
    r"|superseded|\.selfaudit"
)
# the names of the files that people edit belong to the model; those two pages bear the names of their page templates
ALLOWED = {"store/layout.py", "store/register_layout.py", "model/names.py"}
PAGES = {"reports/pages/papers.py"}


def docstrings(tree: ast.AST) -> set[ast.AST]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def messages(tree: ast.AST) -> set[ast.AST]:
    """Return what is said to people, who must be told names."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    said = (call for call in calls if getattr(call.func, "id", "") in {"_", "N_", "ngettext"})
    return {inner for call in said for inner in ast.walk(call)}


def spelt(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every line that spells a place in a campaign, with the text."""
    ignored = docstrings(tree) | messages(tree)
    for node in ast.walk(tree):
        joined = node.right if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) else None
        asked = node.args if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"path", "put"} else ()
        for part in (joined, *asked):
            if isinstance(part, ast.Constant) and FOLDER.fullmatch(str(part.value)):
                yield part.lineno, str(part.value)
        if isinstance(node, ast.Constant) and node not in ignored and SPELT.match(str(node.value)):
            yield node.lineno, str(node.value)


@pytest.mark.slow
def test_no_other_module_spells_a_folder_of_the_campaign() -> None:
    found = {
        f"{path.relative_to(SOURCES).as_posix()}:{line}: {text}"
        for path in SOURCES.rglob("*.py")
        if path.relative_to(SOURCES).as_posix() not in ALLOWED | PAGES
        for line, text in spelt(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        'workspace.path("inbox")',
        'workspace.put("papers", data)',
        'root / "reports" / name',
        'f"papers/{unit}/{name}"',
        'open("merged.yaml")',
        'root / "campaign.db"',
    ],
)
def test_a_module_that_spells_one_would_be_found(source: str) -> None:
    assert list(spelt(ast.parse(source)))


def test_what_is_said_to_people_may_name_them() -> None:
    assert not list(spelt(ast.parse('"""papers/ are papers."""\nN_("papers/unreadable.html shows them")')))


def test_everything_lies_where_it_always_did() -> None:
    layout = Layout(Path("c"))
    assert {folder.as_posix() for folder in layout.folders} == {
        f"c/{name}"
        for name in (
            "registers", "case-files", "outbox", "inbox", "received", "evidence", "papers", "reports", "templates",
            "checklists",
        )
    }  # fmt: skip
    assert layout.original_file(SHA256, ".xlsx").as_posix() == f"c/received/ab/{SHA256}.xlsx"
    assert layout.evidence_name(SHA256, "pdf") == f"evidence/ab/{SHA256}.pdf"
    assert layout.path(layout.signals_name(SHA256)) == layout.signals / f"{SHA256}.jsonl"
    assert layout.scan_name(SHA256, "pdf") == f"papers/scans/{SHA256}.pdf"
    assert layout.path(layout.picture_name(SHA256, 3)).parent == layout.pictures
    assert layout.reminder_folder(date(2023, 11, 5)) == "outbox/reminders/2023-11-05"
    assert layout.superseded("outbox/甲/a.html").as_posix() == "c/outbox/甲/superseded"


@pytest.mark.parametrize(
    "name", ["papers", "reminders", "scans", Path(Layout.OPEN_PAGES).stem, Path(Layout.UNSEEN_SHEETS).stem]
)
def test_a_unit_called_like_something_of_the_campaign_gets_a_folder_of_its_own(name: str) -> None:
    assert file_name(name) != name
