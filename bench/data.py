"""Registers and data checks against what others do with the same files."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.campaigns import SELFAUDIT, Campaign, step
from bench.data_peers import COLUMNS, JOINS
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Growth, Peak, Point, Ratio, Result, Slowest, Timed

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv-bench" / "bin"
"""Where `make bench` installs the peers."""
MIB = 2**20
ROUNDS = 2
ALONE, BOOKED, EACH = 1.2e9, 5.0, 5.0
"""The goals for all checks at the largest size, in bytes, and for double booking and any check, in seconds."""
FEWEST = 20
"""Certificates of a body with which a command has next to nothing to do."""
PEERS = ("pandas", "frictionless", "python-calamine", "openpyxl", "duckdb", "dbt-core", "dbt-duckdb")
PANDAS_GIB = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """Certificates of the bodies from the smallest, and rows of the files that are imported."""

    bodies: tuple[int, ...]
    rows: int


FULL, QUICK = Sizes((2_000, 20_000, 300_000), 100_000), Sizes((200, 2_000), 1_000)


def peers() -> str:
    """Return the releases of what is compared with."""
    ask = f"import importlib.metadata as m; print(', '.join(f'{{n}} {{m.version(n)}}' for n in {PEERS}))"
    return subprocess.run([VENV / "python", "-c", ask], capture_output=True, check=True, text=True).stdout.strip()


@dataclass(frozen=True, slots=True)
class Data:
    """Measures it in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    sizes: Sizes
    say: Callable[[str], None]

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        bodies = {size: self._body(size) for size in (FEWEST, *self.sizes.bodies)}
        yield from self._imports()
        yield from self._joins(bodies[FEWEST], FEWEST, goals=False)
        for size in self.sizes.bodies[1:]:
            yield from self._joins(bodies[size], size, goals=True)
            yield self._booked(bodies[size], size)
        yield from self._growth(bodies)

    def _peer(self, peer: str, *args: object) -> Callable[[], Usage]:
        command = [str(VENV / "python"), str(HERE / "data_peers.py"), peer, *map(str, args)]
        return lambda: self.bench.run(command)

    def _imports(self) -> Iterator[Result]:
        rows = self.sizes.rows
        size, root = f"{rows:,} × 30", self.scratch / "importing"
        self.say(f"register import, {size}")
        root.mkdir()
        gbk, book, one = root / "证书.csv", root / "证书.xlsx", root / "一行.csv"
        self.bench.run(step("registers", gbk, book, rows))
        self.bench.run(step("registers", one, root / "一行.xlsx", 1))
        campaign = self._campaign("imports")
        start = duel(lambda: self._import(campaign, one), self._peer("pandas_import", one, root, "csv"), ROUNDS)
        yield Ratio("register import", "CSV in GBK, 1 × 30", "pandas", start, table="data")
        csv = duel(lambda: self._import(campaign, gbk), self._peer("pandas_import", gbk, root, "csv"), ROUNDS + 1)
        yield Ratio("register import", f"CSV in GBK, {size}", "pandas", csv, 0.65, table="data")
        other = Duel(csv.ours[:1], [self._peer("frictionless", gbk, root)()])
        yield Ratio("register import", f"CSV in GBK, {size}", "frictionless", other, 0.40, table="data")
        yield _peak("register import", f"CSV in GBK, {size}", csv.ours, 300 * MIB)
        calamine = duel(
            lambda: self._import(campaign, book), self._peer("pandas_import", book, root, "calamine"), ROUNDS
        )
        yield Ratio("register import", f"XLSX, {size}", "pandas, calamine", calamine, 0.80, table="data")
        slow = Duel(calamine.ours[:1], [self._peer("pandas_import", book, root, "openpyxl")()])
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

    def _joins(self, body: Campaign, certificates: int, *, goals: bool) -> Iterator[Ratio]:
        size, root = f"{certificates:,} certificates", body.root
        self.say(f"five joins, {size}")
        limits = (1 / 5, 1 / 20, 0.55) if goals else (None, None, None)
        ours = duel(lambda: body.run("check", *JOINS), self._peer("pandas_joins", root), ROUNDS)
        yield Ratio("check, five joins", size, "pandas", ours, limits[0], table="data")
        sqlite = Duel(ours.ours[:1], [self._peer("sqlite_joins", root)()])
        yield Ratio("check, five joins", size, "SQLite, indexed", sqlite, limits[1], table="data")
        self._peer("dbt_project", root)()
        project = str(root / "dbt")
        dbt = [str(VENV / "dbt"), "test", "--quiet", "--project-dir", project, "--profiles-dir", project]
        stored = duel(lambda: body.run("check", *JOINS), lambda: self.bench.run(dbt), ROUNDS)
        yield Ratio("check, five joins", size, "dbt-duckdb, failures stored", stored, limits[2], table="data")
        if goals:
            self._same(body)

    def _same(self, body: Campaign) -> None:
        """Make sure that every engine found what was planted, and that all found as much."""
        asked = [*SELFAUDIT, "check", *JOINS, "--json", "--campaign", str(body.root)]
        said = subprocess.run(asked, env=self.bench.environment, capture_output=True, check=False).stdout
        by_id = {one["check"]: one["signals"] for one in json.loads(said)["checks"]}
        found = {"selfaudit": [by_id[name] for name in JOINS]}
        for peer in ("pandas", "sqlite"):
            found[peer] = json.loads((body.root / f"{peer}.json").read_text(encoding="utf-8"))
        if not all(found["selfaudit"]) or any(one != found["selfaudit"] for one in found.values()):
            msg = f"not the same signals, or none: {found}"
            raise RuntimeError(msg)

    def _booked(self, body: Campaign, certificates: int) -> Timed:
        self.say("double booking")
        free = Campaign(Bench(self.bench.environment, None), body.root)
        whole = free.run("check", "C01").wall
        try:
            taken: float | None = self._peer("pandas_overlaps", body.root, PANDAS_GIB)().wall
        except RuntimeError as error:
            if "Memory" not in str(error):
                raise
            taken = None
        said = "pandas" if taken is not None else f"pandas, which runs out of {PANDAS_GIB} GiB"
        return Timed("check C01", f"{certificates:,} certificates", whole, BOOKED, said, taken)

    def _growth(self, bodies: dict[int, Campaign]) -> Iterator[Result]:
        runs, report = dict[int, Usage](), self.scratch / "slowest.json"
        for size, body in bodies.items():
            self.say(f"all checks, {size:,} certificates")
            runs[size] = self.bench.run(step("slowest", body.root, report), watch=True)
        first, *points = [Point(size, one.cpu, _most(one)) for size, one in runs.items()]
        yield Growth("check", "certificates", first, points)
        largest = f"{max(bodies):,} certificates"
        yield _peak("check", largest, [runs[max(bodies)]], ALONE)
        times = json.loads(report.read_text(encoding="utf-8"))
        yield Slowest(largest, sorted(times.items(), key=lambda one: -one[1])[:5], EACH)


def _most(run: Usage) -> int:
    """Return the peak of the largest process of a command."""
    return max(run.parent, run.worker, run.memory)


def _peak(what: str, size: str, runs: list[Usage], most: float) -> Peak:
    """Return the largest process of a command."""
    return Peak(what, size, min(map(_most, runs)), most)


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
