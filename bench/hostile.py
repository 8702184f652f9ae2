"""SQL that means harm: statements that must be refused, and questions that take what they can get.

``python -m bench.hostile`` runs all of them as checks of a kit and prints what became of each: as a kit would run them,
and once more without the gate, so that what stands behind it is tried too.
"""

import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from selfaudit.base.problems import Problem
from selfaudit.base.resources import shipped
from selfaudit.checks import database, running
from selfaudit.checks.database import build, opened
from selfaudit.checks.facts import Words
from selfaudit.checks.gate import Gate, ask
from selfaudit.checks.patience import GRACE
from selfaudit.checks.running import Circumstances, Found, begin, run
from selfaudit.checks.schema import About, names_of
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.store.data_kits import load_data_kit
from selfaudit.workflow.common.pool import Pool, WorkerError

LIMIT = 3.0
"""Seconds for each question here; a campaign gives more."""

STATEMENTS = (
    # writes
    "DROP TABLE audits",
    "DROP TABLE IF EXISTS audits CASCADE",
    "TRUNCATE audits",
    "DELETE FROM audits",
    "UPDATE audits SET project = 'x'",
    "INSERT INTO audits (project) VALUES ('x')",
    "INSERT OR REPLACE INTO audits (project) VALUES ('x')",
    "MERGE INTO audits USING certificates ON (true) WHEN MATCHED THEN DELETE",
    "ALTER TABLE audits ADD COLUMN x INTEGER",
    "ALTER TABLE audits RENAME TO other",
    "CREATE TABLE x AS SELECT 1",
    "CREATE OR REPLACE TABLE audits AS SELECT 1",
    "CREATE INDEX i ON audits (project)",
    "CREATE SEQUENCE s",
    "CREATE SCHEMA s",
    "CREATE TYPE t AS ENUM ('a')",
    "COMMENT ON TABLE audits IS 'x'",
    "WITH x AS (INSERT INTO audits (project) VALUES ('x') RETURNING project) SELECT * FROM x",
    "WITH x AS (UPDATE audits SET project = 'x' RETURNING project) SELECT * FROM x",
    "WITH x AS (DELETE FROM audits RETURNING project) SELECT * FROM x",
    "SELECT * FROM (WITH x AS (DELETE FROM audits RETURNING project) SELECT * FROM x)",
    # what changes the meaning of other checks
    "CREATE TEMP VIEW audits AS SELECT 1",
    "CREATE OR REPLACE TEMP TABLE rules AS SELECT 1",
    "CREATE TEMP MACRO now() AS 1",
    "CREATE MACRO list_contains(a, b) AS false",
    "CREATE MACRO m() AS TABLE SELECT 1",
    "SET VARIABLE x = 1",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "DEALLOCATE p",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "USE temp",
    # several at once
    "SELECT 1; DROP TABLE audits",
    "SELECT 1; SELECT 2",
    "",
    "-- nothing",
    # files
    "ATTACH ':memory:' AS x",
    "ATTACH '/tmp/x.db' AS x",
    "DETACH temp",
    "COPY audits TO '/tmp/x.csv'",
    "COPY audits FROM '/etc/passwd'",
    "COPY (SELECT 1) TO '/tmp/x.parquet'",
    "EXPORT DATABASE '/tmp/x'",
    "IMPORT DATABASE '/tmp/x'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_csv_auto('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM read_parquet('/tmp/*')",
    "SELECT * FROM parquet_metadata('/tmp/x')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'https://example.org/x.csv'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE SECRET s (TYPE s3)",
    "CHECKPOINT",
    "VACUUM",
    # the machine and its settings
    "SET memory_limit = '100GB'",
    "RESET memory_limit",
    "PRAGMA memory_limit = '100GB'",
    "SET lock_configuration = false",
    "CALL enable_profiling()",
    "SELECT getenv('HOME')",
    "SELECT current_setting('memory_limit')",
    "SELECT getvariable('x')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM sqlite_master",
    "SELECT version(), current_query()",
    "SELECT current_user, user",
    "SELECT nextval('s')",
    "SELECT write_log('x')",
    "SELECT sleep_ms(1000)",
    # round about
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('audits')",
    "SELECT * FROM json_execute_serialized_sql('{}')",
    "SELECT json_serialize_sql('SELECT 1')",
    "SELECT * FROM main.audits",
    "SELECT * FROM temp.main.rules",
    "SELECT main.count(*) FROM audits",
    "SHOW TABLES",
    "DESCRIBE audits",
    "SUMMARIZE audits",
    "EXPLAIN ANALYZE SELECT 1",
    "PIVOT audits ON project USING count(*)",
    "SELECT * FROM audits TABLESAMPLE 10%",
    "SELECT random(), gen_random_uuid()",
    "SELECT now(), current_date",
    "SELECT ?",
    "SELECT age(start_on) FROM audits",
    # the catalog under a name that WITH gives
    "WITH pragma_database_list AS (SELECT * FROM pragma_database_list) SELECT * FROM pragma_database_list",
    "WITH RECURSIVE duckdb_databases AS (SELECT * FROM duckdb_databases) SELECT * FROM duckdb_databases",
    "WITH RECURSIVE pg_class AS (SELECT * FROM pg_class UNION ALL SELECT * FROM pg_class) SELECT * FROM pg_class",
    "WITH sqlite_master AS (SELECT * FROM sqlite_master) SELECT * FROM sqlite_master",
    "WITH a AS (SELECT * FROM duckdb_views), duckdb_views AS (SELECT 1) SELECT * FROM a",
    "WITH \"/etc/passwd\" AS (SELECT * FROM '/etc/passwd') SELECT 1",
    "SELECT main.audits.project FROM audits",
    "SELECT t.main.audits.project FROM audits",
    # the folder for what does not fit into the memory
    "SELECT * FROM glob('{spill}/*')",
    "SELECT * FROM read_blob('{spill}/*')",
    "SELECT * FROM '{spill}/duckdb_temp_storage_DEFAULT-0.tmp'",
    "SELECT * FROM duckdb_temporary_files()",
    "COPY audits TO '{spill}/x.csv'",
    "COPY (SELECT * FROM range(100000000)) TO '{spill}' (FORMAT parquet, PER_THREAD_OUTPUT)",
    "EXPORT DATABASE '{spill}'",
    "ATTACH '{spill}/x.db' AS x",
    "SET temp_directory = '/tmp'",
    "RESET temp_directory",
    "SET max_temp_directory_size = '1TB'",
    "PRAGMA max_temp_directory_size = '1TB'",
    "SELECT 1) j; COPY audits TO '{spill}/x.csv'; SELECT * FROM (SELECT 1",
)
"""Statements of which none may do anything; ``{spill}`` is the folder for what does not fit into the memory."""

CRAMPED = 64 * 1024**2
"""Bytes that the folder for temporary files may have where it is filled on purpose."""
SPILLS = "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY hash(range)) AS n FROM range(20000000)) WHERE n > 0"
"""A question that does not fit into little memory, and not into that folder either."""
ATTACKS = (
    "SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c",
    "SELECT count(*) FROM range(1000000000000)",
    "SELECT sum(a.range * b.range) FROM range(10000000) a CROSS JOIN range(10000000) b",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    "WITH RECURSIVE t AS (SELECT 'a' AS n UNION ALL SELECT n || n FROM t) SELECT max(len(n)) FROM t",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n FROM t, range(2)) SELECT count(*) FROM t",
    "SELECT len(range(3000000000))",
    "SELECT len(generate_series(1, 3000000000))",
    "SELECT count(*) FROM (SELECT unnest(range(3000000000)))",
    "SELECT list_sum(list_sort(range(500000000)))",
    "SELECT list_sum(list_reverse_sort(range(500000000)))",
    "SELECT len(list_distinct(range(300000000)))",
    "SELECT list_sum(list_transform(range(500000000), lambda x: x * x))",
    "SELECT len(flatten(list_transform(range(100000), lambda x: range(100000))))",
    "SELECT list_reduce(range(500000000), lambda x, y: x + y)",
    "SELECT len(repeat('x', 4000000000))",
    "SELECT len(lpad('x', 2000000000, 'y'))",
    "SELECT len(rpad('x', 2000000000, 'y'))",
    "SELECT len(printf('%2000000000d', 1))",
    "SELECT len(format('{:>2000000000}', 1))",
    "SELECT len(string_agg(range::VARCHAR, repeat('x', 1000))) FROM range(10000000)",
    "SELECT len(list(range)) FROM range(2000000000)",
    "SELECT count(DISTINCT range) FROM range(2000000000)",
    "SELECT count(*) FROM (SELECT range, row_number() OVER (ORDER BY -range) FROM range(500000000))",
    "SELECT count(*) FROM (SELECT median(a.range) FROM range(300000000) a GROUP BY a.range % 100000000)",
    "SELECT damerau_levenshtein(repeat('ab', 500), repeat('ba', 500)) FROM range(10000000)",
    "WITH a AS (SELECT repeat('ab', 500) || range AS t FROM range(9999)) SELECT max(levenshtein(a.t, b.t)) FROM a, a b",
    "SELECT max(len(regexp_replace(repeat('ab', 500), '(a*)*b', 'x', 'g'))) FROM range(1000000000)",
    "SELECT max(len(replace(replace(replace(t, 'x', t), 'x', t), 'x', t))) FROM (SELECT repeat('x', 1000) AS t)",
    "SELECT max(factorial(range)) FROM range(1000000000000)",
    "SELECT max(len(hex(repeat('x', 1000) || range))) FROM range(1000000000000)",
    "SELECT " + " + ".join(["1"] * 9000),
    "SELECT " + "(" * 5000 + "1" + ")" * 5000,
)
"""Questions that would take all time or all memory there is."""


class _Open:
    """A gate that is open."""

    def __init__(self, _tables: object) -> None:
        pass

    def refused(self, _sql: str) -> list[Problem]:
        return []


def ungated(check: DataCheck) -> Found:
    """Run a check as if there were no gate."""
    vars(running)["Gate"] = _Open
    return run(check)


def cramped(check: DataCheck) -> Found:
    """Run a check without the gate, where little fits into the memory and beside it."""
    vars(database).update(MEMORY="30MB", SPILL=CRAMPED)
    return ungated(check)


def bare(path: str, sql: str) -> str:
    """Run a statement as questions are asked, but without the gate; return what stopped it, empty if nothing did."""
    with opened(path) as db:
        timer = threading.Timer(LIMIT, db.interrupt)
        timer.start()
        try:
            ask(db, sql).fetchmany(1000)
        except Exception as exc:  # noqa: BLE001 - whatever stops it
            return type(exc).__name__
        finally:
            timer.cancel()
    return ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a question, after how many seconds."""

    said: str
    seconds: float


class Victim:
    """A database with a few rows, and processes that ask it."""

    def __init__(self, folder: Path) -> None:
        """Build it."""
        kit_folder = shipped("checklists") / "fake-cert-2023"
        kit = load_data_kit(kit_folder, kit_folder).kit
        self.gate = Gate(names_of(kit))
        self.template = kit.checks["C22"]
        self.path = folder / "registers.duckdb"
        stock = build(str(self.path), kit, About(date(2026, 11, 28)), {})
        there = {name: dict.fromkeys(register.column, 1) for name, register in kit.registers.items()}
        # as if everything were there: what is asked is refused or stopped by other things than want of data
        full = type(stock)({}, there)
        words = Words("、", "是", "否", "secret")
        self.shared = Circumstances(
            str(self.path), DataKit(kit.registers, kit.codes, kit.tables), full, {}, ("severe",), words, LIMIT
        )
        self.spill = f"{self.path}-spill"
        self._before = sha256(self.path.read_bytes()).hexdigest()
        self.most_spilled = 0

    @property
    def changed(self) -> bool:
        """Whether anything in the file was changed, or is beside it."""
        left = [one for one in self.path.parent.rglob("*") if one.is_file() and one != self.path]
        return bool(left) or sha256(self.path.read_bytes()).hexdigest() != self._before

    def spilled(self) -> int:
        """Return how many bytes are in the folder for what does not fit into the memory."""
        sizes = 0
        for one in Path(self.spill).glob("*"):
            # files come and go
            with suppress(OSError):
                sizes += one.stat().st_size
        return sizes

    def _watched(self, end: Callable[[], Found]) -> Found:
        """Return what a question comes to; look meanwhile how much it puts beside the database."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.02):
                self.most_spilled = max(self.most_spilled, self.spilled())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            return end()
        finally:
            done.set()
            watcher.join()

    def fates(self, sql: str, how: Callable[[DataCheck], Found]) -> Fate:
        """Return what becomes of a question in a process of its own."""
        check = self.template.model_copy(update={"sql": sql, "rules": (), "parameters": {}})
        with Pool(1, LIMIT + GRACE, begin, (self.shared,)) as pool:
            pool.run(time.time)
            started = time.monotonic()
            try:
                end = pool.begin(how, check)
                outcome = self._watched(end).outcome
                said = f"{outcome.reason}: {outcome.detail}" if outcome.reason else "an answer"
            except WorkerError as exc:
                said = "process ended" if isinstance(exc.__cause__, TimeoutError) else "process gave up"
            return Fate(said, time.monotonic() - started)


def statements(victim: Victim) -> Iterator[tuple[str, str]]:
    """Yield every statement with what the gate says, and what becomes of it without the gate."""
    with Pool(1, LIMIT + GRACE, begin, (victim.shared,)) as pool:
        for told in STATEMENTS:
            sql = told.replace("{spill}", victim.spill)
            refused = victim.gate.refused(sql)
            try:
                stopped = pool.run(bare, str(victim.path), sql)
            except WorkerError:
                stopped = "the process"
            behind = f"stopped: {stopped}" if stopped else "reads, and changes nothing"
            if victim.changed:
                behind = "CHANGES FILES"
            yield told, f"{refused[0].code if refused else 'NOT REFUSED'} | behind the gate: {behind}"


def attacks(victim: Victim) -> Iterator[tuple[str, Fate, Fate]]:
    """Yield every attack with its fate, and without the gate."""
    for sql in ATTACKS:
        asked = f"SELECT a.x AS project, 'x' AS decider, true AS signal FROM ({sql}) a(x)"  # noqa: S608 - our own attacks
        yield sql, victim.fates(asked, run), victim.fates(asked, ungated)


def main() -> int:
    """Print both tables; return 1 if anything was changed or outlasted its time."""
    with tempfile.TemporaryDirectory(prefix="selfaudit-hostile-") as folder:
        victim = Victim(Path(folder))
        bad = 0
        for n, (sql, said) in enumerate(statements(victim), 1):
            bad += "NOT REFUSED" in said or "CHANGES" in said
            sys.stdout.write(f"{n:3} {sql[:70]:70} {said}\n")
        longest = 0.0
        for n, (sql, gated, free) in enumerate(attacks(victim), 1):
            longest = max(longest, gated.seconds, free.seconds)
            told = (
                f"{gated.seconds:5.1f} s {gated.said[:60]:60} | without the gate {free.seconds:5.1f} s {free.said[:60]}"
            )
            sys.stdout.write(f"{n:3} {sql[:70]:70} {told}\n")
            sys.stdout.flush()
        asked = f"SELECT a.x AS project, 'x' AS decider, true AS signal FROM ({SPILLS}) a(x)"  # noqa: S608 - our own
        victim.most_spilled = 0
        filled = victim.fates(asked, cramped)
        text = f"fills the folder for temporary files, of {CRAMPED >> 20} MiB: {filled.said[:60]};"
        sys.stdout.write(f"    {text} most there was {victim.most_spilled >> 20} MiB\n")
        over = victim.most_spilled > CRAMPED or not filled.said.startswith("memory")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        changed = victim.changed
        late = longest > LIMIT + GRACE + 1
        text = f"{bad} statements passed; longest {longest:.1f} s with a limit of {LIMIT:.0f} + {GRACE:.0f} s;"
        sys.stdout.write(
            f"{text} most memory {peak:.0f} MiB; the files are {'CHANGED' if changed else 'as they were'}\n"
        )
    return int(bool(bad) or late or over or changed)


if __name__ == "__main__":
    sys.exit(main())
