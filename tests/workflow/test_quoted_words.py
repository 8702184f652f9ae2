"""What somebody writes where it cannot be read reaches nobody but the coordinator, whatever leaves the campaign."""

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from email.parser import BytesParser
from email.policy import default

import pytest

from selfaudit.base.problems import QUOTED, slots
from selfaudit.model.kept import KEPT
from selfaudit.store.ledger.problems import packed
from tests.support.campaign import Campaign
from tests.support.filling import Finding
from tests.support.folders import leaves
from tests.support.program import Ran

WORDS = "部长逼我代签"
STAGES = ("first", "second", "last", "escalation")
FINDINGS: tuple[Finding, ...] = (
    {"number": "1", "item": WORDS, "fact": "缺席"},
    {"number": "2", "item": "2.1", "part": WORDS, "severity": WORDS, "due": WORDS},
    {"number": "3", "part": WORDS},
    {"number": WORDS, "item": "2.2", "severity": f"很{WORDS}"},
)


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield whatever text people can read in a file: inside archives and documents, and in mails as they are shown."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}/{member}", member
                yield from texts(f"{name}/{member}", archive.read(member))
    elif name.endswith(".eml"):
        for part in BytesParser(policy=default).parsebytes(data).walk():
            if not part.is_multipart():
                content = part.get_content()
                yield from texts(name.removesuffix(".eml"), content if isinstance(content, bytes) else content.encode())
    else:
        yield name, data.decode(errors="replace")


def leaking(campaign: Campaign, *folders: str) -> list[str]:
    """Return the files below some folders in whose name or text the words stand."""
    found = {f"{top}/{name}": data for top in folders for name, data in leaves(campaign.root / top).items()}
    assert found
    said = [(file, text) for name, data in found.items() for file, text in texts(name, data)]
    return sorted({file for file, text in said if WORDS in file + text})


def let_out(campaign: Campaign, run: Callable[..., Ran]) -> None:
    """Write everything that a coordinator hands to others while answers are open."""
    for stage in STAGES:
        run("remind", "--stage", stage, "--campaign", campaign.root)
    run("issue", "--campaign", campaign.root)
    (campaign.root / "shown").mkdir()
    run("status", "--html", campaign.root / "shown/status.html", "--campaign", campaign.root)
    for kind in ("final", "unit", "person", "branch"):
        assert run("report", kind, "--campaign", campaign.root).code < 2


@pytest.fixture
def poisoned(campaign: Campaign) -> Campaign:
    """A campaign in which a respondent wrote the words wherever something else was expected."""
    places = {"2.1 a": WORDS, "2.1 b": f"不符合，{WORDS}", "2.2": f"是，{WORDS}", "2.3": f"没有！{WORDS}"}
    form = campaign.filled(
        "李四", on=WORDS, answers=places, projects=WORDS, declaration=f"不同意，{WORDS}", findings=FINDINGS
    )
    campaign.receive("李四.yaml", form)
    campaign.receive(f"{WORDS}.docx", b"no form")
    ran = campaign.run("collect")
    assert ran.out.count(WORDS) > len(places)
    return campaign


def test_words_that_cannot_be_read_stay_with_the_coordinator(poisoned: Campaign) -> None:
    let_out(poisoned, poisoned.run)
    assert leaking(poisoned, "outbox", "shown", "reports") == []
    assert WORDS in poisoned.run("status", "--of", "李四").out


def test_they_stay_there_when_more_is_asked_since_they_came(poisoned: Campaign) -> None:
    poisoned.edit("campaign.yaml", "finding_required: [fact, cause]", "finding_required: [fact, cause, owner]")
    poisoned.edit("checklists/2-conduct.yaml", "ask: 是否全程到场？", "ask: 是否自始至终到场？")
    assert poisoned.run("issue").code == 0
    let_out(poisoned, poisoned.run)
    assert leaking(poisoned, "outbox", "shown", "reports") == []


def test_everybody_who_is_reminded_still_reads_where_and_what_is_missing(poisoned: Campaign) -> None:
    let_out(poisoned, poisoned.run)
    said = "\n".join(text for name, data in leaves(poisoned.root / "outbox").items() for _, text in texts(name, data))
    for line in ("2.1 a 到场：结论无法识别", "填报日期：日期无法识别", "所填第 1 个问题：对应的自查项无法识别"):
        assert f"- {line}" in said, line
    assert "覆盖项目数：数字无法识别" in said
    page = (poisoned.root / "shown/status.html").read_text(encoding="utf-8")
    assert "2.1 a: the answer cannot be read" in page


def test_no_kind_of_problem_that_is_kept_takes_words_outside(answered_campaign: Campaign) -> None:
    kinds = [kind for kind in KEPT.values() if kind.code.startswith("form.")]
    gaps = packed(
        kind(None, **{name: WORDS if name in QUOTED else "2.1" for name in slots(kind.message) | slots(kind.hint)})
        for kind in kinds
    )
    with sqlite3.connect(answered_campaign.root / "campaign.db") as db:
        assert db.execute("UPDATE responses SET gaps = ?", (gaps,)).rowcount
    db.close()
    assert WORDS in answered_campaign.run("status").out
    let_out(answered_campaign, answered_campaign.run)
    assert leaking(answered_campaign, "outbox", "shown", "reports") == []
