"""Campaign folders to measure in, and how to bring them back to where a command starts."""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Bench, Usage

SELFAUDIT = (sys.executable, "-m", "selfaudit")
SEED = "2023"


def step(module: str, *args: object) -> list[str]:
    """Return the command that runs a step of a module of the benchmarks as a process."""
    return [sys.executable, "-m", f"bench.{module}", *map(str, args)]


def put_away(folder: Path) -> None:
    """Make a folder empty by moving it out of the way.

    Deleting its files would be charged to whatever is measured next: file systems are slow to use again what was freed
    a moment ago. Everything goes with the scratch folder.
    """
    if folder.exists():
        folder.rename(Path(tempfile.mkdtemp(dir=folder.parent.parent)) / folder.name)
    folder.mkdir()


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign; ``aside`` keeps the ledger as it was after ``issue``."""

    bench: Bench
    root: Path

    @classmethod
    def of_people(cls, bench: Bench, root: Path, people: int) -> "Campaign":
        """Make a campaign of the bench kit; nothing is issued yet."""
        bench.run(step("corpus", "campaign", root, people))
        return cls(bench, root)

    def run(self, *command: str, watch: bool = False) -> Usage:
        """Run a command of selfaudit in it."""
        return self.bench.run([*SELFAUDIT, *command, "--campaign", str(self.root)], watch=watch)

    def issue_anew(self, form: str = "yaml") -> Usage:
        """Issue every form in one format as if none had been."""
        self._remove_ledger()
        put_away(self.root / "outbox")
        return self.run("issue", "--format", form)

    def answer(self, findings: int, form: str = "yaml") -> None:
        """Put a filled-in form of everybody into the inbox; expects that all were issued in this format."""
        self._aside.mkdir()
        for file in self._ledger:
            shutil.copyfile(file, self._aside / file.name)
        self.bench.run(step("corpus", "responses", self.root, SEED, findings, form))

    def collect_anew(self) -> Usage:
        """Collect everything as if nothing had been."""
        self._remove_ledger()
        put_away(self.root / "received")
        (self.root / "merged.yaml").unlink(missing_ok=True)
        for file in self._aside.iterdir():
            shutil.copyfile(file, self.root / file.name)
        return self.run("collect", watch=True)

    def correct(self) -> None:
        """Put a corrected response of one respondent into the inbox, under a name of its own."""
        inbox = self.root / "inbox"
        first = min(path for path in inbox.iterdir() if not path.name.startswith("corrected"))
        done = sum(path.name.startswith("corrected") for path in inbox.iterdir())
        text = first.read_text(encoding="utf-8")
        corrected = re.sub(r'(?m)^filled_on: "?([0-9-]{10}).*$', rf'filled_on: "\1 08:{done:02d}"', text)
        (inbox / f"corrected-{done}.yaml").write_text(corrected, encoding="utf-8")

    def manifest(self, file: Path) -> None:
        """Write names and sizes of everything issued, for the peer that writes as many bytes."""
        issued = self.root / "outbox"
        sizes = {str(path.relative_to(issued)): path.stat().st_size for path in issued.rglob("*") if path.is_file()}
        file.write_text(json.dumps(sizes), encoding="utf-8")

    def response_size(self) -> float:
        """Return the mean size of the responses in bytes."""
        sizes = [path.stat().st_size for path in (self.root / "inbox").iterdir()]
        return sum(sizes) / len(sizes)

    @property
    def _aside(self) -> Path:
        return self.root.with_name(f"{self.root.name}-issued")

    @property
    def _ledger(self) -> Sequence[Path]:
        return list(self.root.glob("campaign.db*"))

    def _remove_ledger(self) -> None:
        for file in self._ledger:
            file.unlink()
