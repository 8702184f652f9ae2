"""What others do with the same registers, each a process of its own: ``python bench/data_peers.py PEER …``.

It runs in ``.venv-bench``. Only the standard library is imported by all; nothing of selfaudit is.
"""

import json
import resource
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

JOINS = {
    "B1": "SELECT project, decider AS other, signal FROM"
    " (SELECT a.project, d.decider, t.name IS NOT NULL AS signal FROM"
    " (SELECT project, unnest(deciders) AS decider FROM audits) d"
    " JOIN audits a ON a.project = d.project"
    " LEFT JOIN (SELECT DISTINCT project, name FROM assignments) t ON t.project = d.project AND t.name = d.decider)",
    "B2": "SELECT a.project, p.name AS other, CAST(a.start_at AS DATE) > p.until AS signal FROM assignments a"
    " JOIN (SELECT id_number, any_value(name) AS name, max(valid_to) AS until FROM auditors GROUP BY id_number) p"
    " ON p.id_number = a.id_number",
    "B3": "SELECT a.project, 'days' AS other,"
    " t.days < a.planned_days - 0.01 OR a.actual_days < t.days AS signal FROM audits a"
    " JOIN (SELECT project, sum(days) AS days FROM assignments GROUP BY project) t ON t.project = a.project",
    "B4": "SELECT a.project, c.number AS other, CAST(a.start_on AS DATE) > c.expires AS signal FROM audits a"
    " JOIN certificates c ON c.number = a.certificate",
    "B5": "SELECT a.project, 'times' AS other, coalesce(s.times, 0) < 2 AS signal FROM audits a"
    " LEFT JOIN (SELECT project, count(*) AS times FROM sign_ins GROUP BY project) s ON s.project = a.project",
}
"""Five checks that join registers: a decider in the team, a registration that ended, days of a team that are not those
of the audit, an audit after the certificate ended, fewer than two sign-ins.
"""
COLUMNS = {
    "certificates": ("number", "expires"),
    "audits": ("project", "certificate", "deciders", "start_on", "planned_days", "actual_days"),
    "assignments": ("project", "name", "id_number", "start_at", "end_at", "days"),
    "auditors": ("id_number", "name", "valid_to"),
    "sign_ins": ("project",),
}
"""The columns that they ask; no peer loads others."""
_DATES = ["初次获证日期", "颁证日期", "证书截止日期"]
_NUMBERS = ["注册资本", "组织员工数", "体系相关的员工数", "审核人日数", "实收认证费用"]
_CODES = {
    "认证项目代码": {"A01": "QMS", "A02": "EMS", "A03": "OHSMS", "QMS": "QMS", "A0101": "QMS"},
    "证书状态": {"有效": "valid", "02": "suspended"},
    "认可标志": {"00": "none", "01": "CNAS"},
    "是否是子证书": {"是": True, "否": False},
    "是否有多现场": {"是": True, "否": False}, "是否换证": {"是": True, "否": False},
}  # fmt: skip


def pandas_import(file: str, folder: str, engine: str) -> None:
    """Decode, take the second row as header, normalise, type, list the cells that do not fit, write Parquet."""
    import duckdb  # noqa: PLC0415 - without another library pandas writes no Parquet, and this one is the fastest
    import pandas as pd  # noqa: PLC0415 - every peer imports its own

    if engine == "csv":
        table = pd.read_csv(file, encoding="gb18030", header=1, dtype=str, keep_default_na=False)
    else:
        table = pd.read_excel(file, header=1, dtype=str, engine=engine, keep_default_na=False)
    table = table.apply(lambda column: column.str.normalize("NFKC").str.strip())
    typed, rejected = table.replace("", None), []
    for name in table.columns:
        given = typed[name]
        if name in _DATES:
            plain = given.str.replace(r"[年月/.]", "-", regex=True).str.rstrip("日")
            value = pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce")
        elif name in _NUMBERS:
            value = pd.to_numeric(
                given.str.replace(",", "").str.replace(r"(人|万元)$", "", regex=True), errors="coerce"
            )
        elif name in _CODES:
            value = given.map(_CODES[name])
        else:
            continue
        bad = given[given.notna() & value.isna()]
        rejected.append(pd.DataFrame({"row": bad.index + 3, "column": name, "cell": bad}))
        typed[name] = value
    typed = typed.drop_duplicates(subset=["认证证书号"], keep="last")
    pd.concat(rejected).to_csv(Path(folder, "rejects.csv"), index=False)
    duckdb.from_df(typed).write_parquet(str(Path(folder, "certificates.parquet")))


def frictionless(file: str, _folder: str) -> None:
    """Validate every cell by its type; nothing is written."""
    from frictionless import Dialect, Resource, Schema, fields, settings, validate  # noqa: PLC0415

    settings.DEFAULT_LIMIT_ERRORS = 10**9
    schema = Schema()
    for name in Path(file).read_text(encoding="gb18030").splitlines()[1].split(","):
        kind = fields.DateField if name in _DATES else fields.NumberField if name in _NUMBERS else fields.StringField
        schema.add_field(kind(name=name))
    path = Path(file)
    resource_ = Resource(
        path=path.name, basepath=str(path.parent), schema=schema, encoding="gb18030", dialect=Dialect(header_rows=[2])
    )
    validate(resource_, limit_errors=10**9)


def _tables(folder: str) -> dict[str, Any]:
    """Return queries of the Parquet files, which are named in a JSON."""
    return dict(json.loads(Path(folder, "tables.json").read_text(encoding="utf-8")))


def _frames(folder: str) -> dict[str, Any]:
    import duckdb  # noqa: PLC0415 - pandas alone reads no Parquet

    return {
        name: duckdb.execute(f"SELECT {', '.join(COLUMNS[name])} FROM read_parquet('{path}')").df()  # noqa: S608 - our own names
        for name, path in _tables(folder).items()
    }


def pandas_joins(folder: str) -> None:
    """Answer the five questions with pandas."""
    import pandas as pd  # noqa: PLC0415

    t = _frames(folder)
    audits, sent = t["audits"], t["assignments"]
    decided = audits[["project", "deciders"]].explode("deciders").rename(columns={"deciders": "name"})
    team = sent[["project", "name"]].drop_duplicates().assign(there=1)
    b1 = decided.merge(team, how="left", on=["project", "name"])
    until = t["auditors"].groupby("id_number", as_index=False).agg(name=("name", "first"), until=("valid_to", "max"))
    b2 = sent.merge(until, on="id_number")
    b3 = audits.merge(sent.groupby("project", as_index=False)["days"].sum(), on="project")
    b4 = audits.merge(t["certificates"], left_on="certificate", right_on="number")
    times = t["sign_ins"].groupby("project").size().rename("times").reset_index()
    b5 = audits.merge(times, how="left", on="project")
    signals = [
        b1[b1["there"].notna()],
        b2[b2["start_at"].dt.normalize() > b2["until"]],
        b3[(b3["days"] < b3["planned_days"] - 0.01) | (b3["actual_days"] < b3["days"])],
        b4[pd.to_datetime(b4["start_on"]).dt.normalize() > b4["expires"]],
        b5[b5["times"].fillna(0) < 2],
    ]
    Path(folder, "pandas.json").write_text(json.dumps([len(one) for one in signals]))
    for n, one in enumerate(signals, 1):
        one.to_csv(Path(folder, f"pandas-{n}.csv"), index=False)


def pandas_overlaps(folder: str, limit: str) -> None:
    """Find every two assignments of a person that overlap, within so many GiB."""
    resource.setrlimit(resource.RLIMIT_AS, (int(limit) << 30, int(limit) << 30))
    sent = _frames(folder)["assignments"]
    pairs = sent.merge(sent, on="id_number")
    found = pairs[
        (pairs["project_x"] < pairs["project_y"])
        & (pairs["start_at_x"] <= pairs["end_at_y"])
        & (pairs["start_at_y"] <= pairs["end_at_x"])
    ]
    found.to_csv(Path(folder, "overlaps.csv"), index=False)


def sqlite_joins(folder: str) -> None:
    """Load the registers into SQLite, index what is joined on, and answer the five questions."""
    import duckdb  # noqa: PLC0415 - SQLite alone reads no Parquet

    with sqlite3.connect(Path(folder, "peer.db")) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA journal_mode = OFF")
        for name, path in _tables(folder).items():
            columns = [f"CAST({one} AS VARCHAR)" if one in _TEXTS else one for one in COLUMNS[name]]
            asked = f"SELECT {', '.join(columns)} FROM read_parquet('{path}')"  # noqa: S608 - our own names
            rows = duckdb.execute(asked.replace("CAST(deciders", "CAST(deciders[1]"))
            db.execute(f"DROP TABLE IF EXISTS {name}")
            db.execute(f"CREATE TABLE {name} ({', '.join(COLUMNS[name])})")
            while batch := rows.fetchmany(50_000):
                db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", batch)  # noqa: S608 - our own names
            for column in {"project", "id_number", "number"} & set(COLUMNS[name]):
                db.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
        counts = []
        for sql in JOINS.values():
            plain = (
                sql.replace("unnest(deciders)", "deciders")
                .replace("any_value(", "min(")
                .replace("CAST(a.start_at AS DATE)", "date(a.start_at)")
            )
            plain = plain.replace("CAST(a.start_on AS DATE)", "date(a.start_on)")
            counts.append(len(db.execute(f"SELECT * FROM ({plain}) WHERE signal").fetchall()))  # noqa: S608 - our own questions
    Path(folder, "sqlite.json").write_text(json.dumps(counts))


_TEXTS = {"deciders", "expires", "start_on", "start_at", "end_at", "valid_to"}


def dbt_project(folder: str) -> None:
    """Write a project whose tests are the five questions, with their failures stored."""
    root = Path(folder, "dbt")
    (root / "tests").mkdir(parents=True, exist_ok=True)
    flags = {"send_anonymous_usage_stats": False}
    tests = {"peer": {"+store_failures": True}}
    project = {"name": "peer", "version": "1.0", "profile": "peer", "data_tests": tests, "flags": flags}
    (root / "dbt_project.yml").write_text(json.dumps(project))
    target = {"type": "duckdb", "path": str(root / "peer.duckdb"), "threads": 1, "settings": {"threads": 1}}
    (root / "profiles.yml").write_text(json.dumps({"peer": {"target": "dev", "outputs": {"dev": target}}}))
    for name, sql in JOINS.items():
        given = ", ".join(
            f"{table} AS (SELECT * FROM read_parquet('{path}'))"  # noqa: S608 - our own names
            for table, path in _tables(folder).items()
        )
        (root / "tests" / f"{name.lower()}.sql").write_text(f"WITH {given} SELECT * FROM ({sql}) WHERE signal")  # noqa: S608 - our own questions


PEERS: dict[str, Callable[..., None]] = {
    "pandas_import": pandas_import, "frictionless": frictionless, "pandas_joins": pandas_joins,
    "pandas_overlaps": pandas_overlaps, "sqlite_joins": sqlite_joins, "dbt_project": dbt_project,
}  # fmt: skip

if __name__ == "__main__":
    try:
        PEERS[sys.argv[1]](*sys.argv[2:])
    except Exception as error:  # noqa: BLE001 - whatever it is: the 1 of an error would be that of a program that found something
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(2)
