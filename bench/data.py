"""Registers and data checks against what others do with the same files."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.campaigns import SELFAUDIT, Campaign, step
from bench.data_peers import COLUMNS, JOINS
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Growth, Peak, Point, Ratio, Result, Timed

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv-bench" / "bin"
"""Where `make bench` installs the peers."""
MIB = 2**20
ROUNDS = 2
ALONE, BOOKED = 1.2e9, 5.0
"""The goals for all checks at the largest size, in bytes, and for double booking, in seconds on the clock."""
PANDAS_GIB = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """Certificates of the bodies from the smallest, and rows of the files that are imported."""

    bodies: tuple[int, ...]
    rows: int


FULL, QUICK = Sizes((2_000, 20_000), 20_000), Sizes((200, 2_000), 1_000)


@dataclass(frozen=True, slots=True)
class Data:
    """Measures it in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    sizes: Sizes
    say: Callable[[str], None]

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        yield from self._imports()
        bodies = [self._body(size) for size in (20, *self.sizes.bodies)]
        yield from self._joins(bodies[-1])
        yield from self._growth(bodies)

    def _peer(self, peer: str, *args: object) -> Callable[[], Usage]:
        command = [str(VENV / "python"), str(HERE / "data_peers.py"), peer, *map(str, args)]
        return lambda: self.bench.run(command)

    def _imports(self) -> Iterator[Result]:
        rows = self.sizes.rows
        size, root = f"{rows:,} × 30", self.scratch / "importing"
        self.say(f"register import, {size}")
        root.mkdir()
        gbk, book = root / "证书.csv", root / "证书.xlsx"
        self.bench.run(step("registers", gbk, book, rows))
        campaign = self._campaign("imports")
        csv = duel(lambda: self._import(campaign, gbk), self._peer("pandas_import", gbk, root, "csv"), ROUNDS)
        yield Ratio("register import", f"CSV in GBK, {size}", "pandas", csv, 0.65, table="data")
        other = Duel(csv.ours[:1], [self._peer("frictionless", gbk, root)()])
        yield Ratio("register import", f"CSV in GBK, {size}", "frictionless", other, 0.40, table="data")
        yield _peak("register import", f"CSV in GBK, {size}", csv.ours, 300 * MIB)
        calamine = duel(lambda: self._import(campaign, book), self._peer("pandas_import", book, root, "calamine"), 1)
        yield Ratio("register import", f"XLSX, {size}", "pandas, calamine", calamine, 0.80, table="data")
        slow = Duel(calamine.ours, [self._peer("pandas_import", book, root, "openpyxl")()])
        yield Ratio("register import", f"XLSX, {size}", "pandas, openpyxl", slow, 0.20, table="data")
        yield _peak("register import", f"XLSX, {size}", calamine.ours, 450 * MIB)

    def _import(self, campaign: Campaign, file: Path) -> Usage:
        for kept in (campaign.root / "registers").glob("*"):
            shutil.rmtree(kept)
        for kept in (*campaign.root.glob("campaign.db*"), *campaign.root.glob("campaign.secret")):
            kept.unlink()
        return campaign.run("register", "import", str(file), "--apply", "--by", "基准", watch=True)

    def _campaign(self, name: str) -> Campaign:
        root = self.scratch / name
        self.bench.run([*SELFAUDIT, "init", str(root)])
        return Campaign(self.bench, root)

    def _body(self, size: int) -> Campaign:
        self.say(f"a body of {size:,} certificates")
        files = self.scratch / f"files-{size}"
        files.mkdir()
        self.bench.run(step("bodies", files, size))
        campaign = self._campaign(f"body-{size}")
        campaign.run("register", "import", *map(str, files.iterdir()), "--apply", "--by", "基准")
        tables = {name: str(next((campaign.root / "registers/imported" / name).glob("*.parquet"))) for name in COLUMNS}
        (campaign.root / "tables.json").write_text(json.dumps(tables), encoding="utf-8")
        own = campaign.root / "data-checks"
        own.mkdir(exist_ok=True)
        for name, sql in JOINS.items():
            (own / f"{name}.yaml").write_text(_check(name, sql), encoding="utf-8")
        return campaign

    def _joins(self, body: Campaign) -> Iterator[Result]:
        size, root = f"{self.sizes.bodies[-1]:,} certificates", body.root
        self.say(f"five joins, {size}")
        ours = duel(lambda: body.run("check", *JOINS), self._peer("pandas_joins", root), ROUNDS)
        yield Ratio("check, five joins", size, "pandas", ours, 1 / 5, table="data")
        sqlite = Duel(ours.ours[:1], [self._peer("sqlite_joins", root)()])
        yield Ratio("check, five joins", size, "SQLite, indexed", sqlite, 1 / 20, table="data")
        self._peer("dbt_project", root)()
        project = str(root / "dbt")
        dbt = [str(VENV / "dbt"), "test", "--quiet", "--project-dir", project, "--profiles-dir", project]
        stored = duel(lambda: body.run("check", *JOINS), lambda: self.bench.run(dbt), ROUNDS)
        yield Ratio("check, five joins", size, "dbt-duckdb, failures stored", stored, 0.55, table="data")
        self.say("double booking")
        free = Campaign(Bench(self.bench.environment, None), root)
        whole = free.run("check", "C01").wall
        try:
            taken: float | None = self._peer("pandas_overlaps", root, PANDAS_GIB)().wall
        except RuntimeError as error:
            if "Memory" not in str(error):
                raise
            taken = None
        said = "pandas" if taken is not None else f"pandas, which runs out of {PANDAS_GIB} GiB"
        yield Timed("check C01", size, whole, BOOKED, said, taken)

    def _growth(self, bodies: list[Campaign]) -> Iterator[Result]:
        runs = []
        for body in bodies:
            self.say(f"all checks, {body.root.name}")
            runs.append(body.run("check", watch=True))
        first, *points = [
            Point(size, one.cpu, one.memory) for size, one in zip((20, *self.sizes.bodies), runs, strict=True)
        ]
        yield Growth("check", "certificates", first, points)
        yield _peak("check", f"{self.sizes.bodies[-1]:,} certificates", runs[-1:], ALONE)


def _peak(what: str, size: str, runs: list[Usage], most: float) -> Peak:
    """Return the largest process of a command."""
    return Peak(what, size, min(max(run.parent, run.worker, run.memory) for run in runs), most)


def _check(name: str, sql: str) -> str:
    """Return one of the joins as a check."""
    example = {"what": "无", "given": {"audits": [{"project": "P1"}]}}
    needs = {table: list(columns) for table, columns in COLUMNS.items() if f" {table} " in f"{sql} "}
    return json.dumps(
        {
            "format": "selfaudit/data-check/1", "id": name, "title": name, "means": name, "judges": "行",
            "severity": "minor",
            "needs": needs, "key": ["project", "other"], "shown": {"project": "项目编号", "other": "另一项"},
            "derivation": ["{project} {other}"], "false_positives": [{"when": "无", "tell": "无"}], "sql": sql,
            "basis": ["17021-9.2"],
            # nobody validates these; the format asks for one of each
            "examples": {"signals": [example], "clean": [example], "not_judged": []},
        },
        ensure_ascii=False,
    )  # fmt: skip
