"""What comes after the answers: the register as a workbook, the report as PDF, notices and the archive."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.campaigns import SELFAUDIT, Campaign, step
from bench.corpus import COLUMNS
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Ratio, Result, Scale, Timed

FINDINGS_EACH, ROUNDS = 10, 3
CELLS, PACKING, CHECKING = "openpyxl, read_only", "zip and sha256sum", "unzip -t and sha256sum"
ARCHIVING = 1 / 0.7
"""The goal: the largest ratio to packing and hashing the same files."""
PDF_SECONDS = 60.0
"""The goal for a report of ten thousand findings. LibreOffice takes much longer for so many, so a tenth is measured."""
NOTICES, NOTICE_SECONDS = 500, 25.0
"""How many notices are made at once, and the goal, twenty a second."""
BY = "基准"


@dataclass(frozen=True, slots=True)
class Closing:
    """Measures it in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    scale: Scale
    say: Callable[[str], None]

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        size = self.scale.largest
        found = self._collected("closing-findings", size // FINDINGS_EACH, FINDINGS_EACH)
        yield from self._import(found, size)
        some = self.scale.middle
        fewer = self._collected("closing-fewer", max(1, some // FINDINGS_EACH), FINDINGS_EACH)
        yield from self._pdf(fewer, some)
        yield from self._notices(min(NOTICES, size))
        yield from self._archive(self._collected("closing-people", size, 1), size)

    def _collected(self, name: str, people: int, findings: int) -> Campaign:
        self.say(f"from findings to the archive: a campaign of {people:,} with {findings} findings each")
        campaign = Campaign.of_people(self.bench, self.scratch / name, people)
        campaign.issue_anew()
        campaign.answer(findings)
        campaign.run("collect")
        return campaign

    def _import(self, campaign: Campaign, size: int) -> Iterator[Ratio]:
        self.say(f"findings import, {size:,} findings")
        exported, folder = self.scratch / "register.xlsx", self.scratch / "edited"
        folder.mkdir()
        edited = folder / "edited.xlsx"
        campaign.run("findings", "export", "-o", str(exported))
        self.bench.run(step("corpus", "edited", exported, edited))
        before = _Snapshot(campaign.root, self.scratch / "before-import")

        def read_in() -> Usage:
            before.restore()
            return campaign.run("findings", "import", str(edited), "--yes", "--by", BY)

        def cells() -> Usage:
            return self.bench.run_telling(step("peers", "cells", folder))[0]

        found = duel(read_in, cells, ROUNDS)
        yield Ratio("findings import", f"{size:,} findings, each changed", CELLS, found, table="closing")

    def _pdf(self, campaign: Campaign, size: int) -> Iterator[Timed]:
        self.say(f"report --pdf, {size:,} findings")
        free = Campaign(Bench(self.bench.environment, None), campaign.root)
        whole = min(free.run("report", "--draft", "--pdf").wall for _ in range(2))
        documents = sorted(map(str, campaign.root.glob("reports/*.docx")))
        convert = ["soffice", f"-env:UserInstallation={(self.scratch / 'office').as_uri()}", "--headless"]
        convert += ["--convert-to", "pdf", "--outdir", str(self.scratch / "pdf"), *documents]
        alone = min(free.bench.run(convert).wall for _ in range(2))
        yield Timed("report --pdf", f"{size:,} findings", whole, PDF_SECONDS, "LibreOffice alone", alone)

    def _notices(self, count: int) -> Iterator[Timed]:
        campaign = self._collected("closing-notices", count // FINDINGS_EACH, FINDINGS_EACH)
        self.say(f"notice make, {count:,} dispositions")
        campaign.run("dispositions", "add", "--from-findings", "--by", BY)
        proposed, decided = self.scratch / "proposed.xlsx", self.scratch / "decided.xlsx"
        campaign.run("dispositions", "export", "-o", str(proposed))
        self.bench.run(step("corpus", "decided", proposed, decided))
        campaign.run("dispositions", "import", str(decided), "--yes", "--by", BY)
        campaign.run("dispositions", "approve", "--all", "--by", BY)
        rows, template = self.scratch / "ten.json", self.scratch / "peer.docx"
        rows.write_text(json.dumps([dict.fromkeys(COLUMNS, "补充案卷")] * 10), encoding="utf-8")
        self.bench.run(step("corpus", "template", template))
        peer = step("peers", "letters", template, rows, self.scratch / "letters", count)
        free = Campaign(Bench(self.bench.environment, None), campaign.root)
        whole = free.run("notice", "make", "letter", "--all", "--by", BY).wall
        made = len(list(campaign.root.glob("notices/**/*.docx")))
        yield Timed(
            "notice make --all", f"{made:,} notices", whole, NOTICE_SECONDS, "docxtpl", free.bench.run(peer).wall
        )

    def _archive(self, campaign: Campaign, size: int) -> Iterator[Ratio]:
        self.say(f"archive, {size:,} originals")
        made, files, packed = (self.scratch / "archive" / name for name in ("made.zip", "files", "packed.zip"))
        made.parent.mkdir()

        def create() -> Usage:
            for file in made.parent.glob(f"{made.name}*"):
                file.unlink()
            return campaign.run("archive", "create", "-o", str(made))

        create()
        shutil.unpack_archive(made, files)

        def pack() -> Usage:
            packed.unlink(missing_ok=True)
            return self.bench.run(_shell(f"zip -q -r {packed} . && {HASH}", files))

        def verify() -> Usage:
            return self.bench.run([*SELFAUDIT, "archive", "verify", str(made)])

        def check() -> Usage:
            return self.bench.run(_shell(f"unzip -tqq {made} && {HASH}", files))

        pairs: list[tuple[str, str, Duel, float | None]] = [
            ("archive create", PACKING, duel(create, pack, ROUNDS), ARCHIVING),
            ("archive verify", CHECKING, duel(verify, check, ROUNDS), None),
        ]
        for what, peer, found, goal in pairs:
            yield Ratio(what, f"{size:,} originals", peer, found, goal, table="closing")


HASH = "find . -type f -print0 | xargs -0 sha256sum >/dev/null"


def _shell(script: str, folder: Path) -> list[str]:
    return ["sh", "-c", f"cd {folder} && {script}"]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The ledger of a campaign as it was when this was made."""

    root: Path
    aside: Path

    def __post_init__(self) -> None:
        self.aside.mkdir()
        self._copy(self.root, self.aside)

    def restore(self) -> None:
        """Bring it back."""
        for file in self.root.glob("campaign.db*"):
            file.unlink()
        self._copy(self.aside, self.root)

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        for file in source.glob("campaign.db*"):
            shutil.copyfile(file, target / file.name)
