"""A campaign folder as the coordinator has it before them."""

import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.filling import fill
from tests.support.folders import leaves, plant
from tests.support.program import Ran, run


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign folder as the coordinator has it in front of them."""

    root: Path

    def run(self, *args: str | Path, env: Mapping[str, str] | None = None) -> Ran:
        """Run the program inside the folder."""
        return run(*args, cwd=self.root, env=env)

    def copy(self, to: Path) -> "Campaign":
        """Return a copy of the whole folder."""
        return Campaign(Path(shutil.copytree(self.root, to, symlinks=True)))

    def forms(self, name: str = "*") -> list[Path]:
        """Return the forms in the outbox, of one respondent or all."""
        return sorted(self.root.glob(f"outbox/*/{name}_*.yaml"))

    def form(self, name: str) -> Path:
        """Return the one form of a respondent in the outbox."""
        (path,) = self.forms(name)
        return path

    def filled(self, name: str, **said: Any) -> str:
        """Return the form of a respondent, filled in; see ``fill``."""
        return fill(self.form(name).read_text(encoding="utf-8"), **said)

    def receive(self, name: str, content: str | bytes) -> Path:
        """Put a file into the inbox."""
        plant(self.root / "inbox", {name: content})
        return self.root / "inbox" / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def merged(self) -> dict[str, Any]:
        """Return the responses of ``merged.yaml`` by name, read as any other program would read it."""
        text = (self.root / "merged.yaml").read_text(encoding="utf-8")
        return {entry["name"]: entry for entry in yaml.safe_load(text)["responses"] or ()}

    def answers(self, name: str) -> dict[str, str]:
        """Return what ``merged.yaml`` says that a respondent answered, by place."""
        said = {}
        for item in self.merged()[name].get("items", ()):
            for part in item.get("parts", ()):
                said[f"{item['id']} {part['id']}"] = part.get("answer", "")
            if "parts" not in item:
                said[item["id"]] = item.get("answer", "")
        return said

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the history of a respondent, as ``status --of`` prints it."""
        return list(self.run("status", "--of", name, "--json").data["events"])

    def received(self) -> set[bytes]:
        """Return the contents of all originals that were kept."""
        return {content for name, content in leaves(self.root / "received").items() if "/.part-" not in name}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return rows of the ledger."""
        with sqlite3.connect(self.root / "campaign.db") as db:
            found = db.execute(sql).fetchall()
        db.close()
        return found

    def journal(self) -> list[tuple[str, Any]]:
        """Return what the journal says, without times and hashes."""
        said = self.rows("SELECT what, json_remove(detail, '$.rows') FROM journal ORDER BY seq")
        return [(what, json.loads(detail)) for what, detail in said]

    def verify_journal(self) -> None:
        """Work out the chain of the journal again, as docs/formats.md describes it."""
        before = ""
        for number, (seq, *row, digest) in enumerate(self.rows("SELECT * FROM journal ORDER BY seq"), 1):
            canonical = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
            assert (seq, row[-1]) == (number, before)
            assert digest == hashlib.sha256(canonical).hexdigest()
            before = digest

    def ledger(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return everything in the ledger but the journal, without times."""
        tables = [
            name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'") if name != "journal"
        ]
        found = {}
        for table in tables:
            columns = [row[1] for row in self.rows(f"PRAGMA table_info({table})") if not row[1].endswith("_at")]
            found[table] = sorted(self.rows(f"SELECT {', '.join(columns)} FROM {table}"))  # noqa: S608 - its own names
        return found


def survives(campaign: Campaign, inside: Callable[..., Ran] | None = None) -> dict[str, Any]:
    """Collect a doubtful file among two good ones: these are taken, it alone is told; return what is said of it."""
    campaign.receive("0 李四.yaml", campaign.filled("李四"))
    campaign.receive("z 王五.yaml", campaign.filled("王五"))
    ran = (inside or campaign.run)("collect", "--json", "--campaign", campaign.root)
    assert ran.code == 1, ran.said
    files = {file["file"]: file for file in ran.data["files"]}
    assert files.pop("inbox/0 李四.yaml")["outcome"] == "new"
    assert files.pop("inbox/z 王五.yaml")["outcome"] == "new"
    assert {"李四", "王五"} <= set(campaign.merged())
    (told,) = files.values()
    assert told["outcome"] == "rejected"
    return dict(told)


def message(told: dict[str, Any]) -> str:
    """Return the first reason for which a file was refused."""
    assert told["errors"][0]["hint"]
    return str(told["errors"][0]["message"])


def timeless(merged: str) -> str:
    """Return the text of ``merged.yaml`` without the times of arrival."""
    return re.sub(r'received_at: "[^"]*"', "", merged)
