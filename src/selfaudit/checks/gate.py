"""Refuses SQL that is not one question to the registers, before it runs.

What is allowed is listed, and everything else is refused. This does not limit what a question costs: that is the
business of whoever runs it.
"""

import json
import re
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error
from selfaudit.checks.allowed import (
    ALLOWED,
    BOUNDED,
    CLOCKS,
    EXPRESSIONS,
    LONGEST,
    NODES,
    SAYS_WHO,
    TABLE_FUNCTIONS,
)

_LOCKS = (
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "enable_external_access = false",
    "lock_configuration = true",
)

_HINT = N_("A check asks one SELECT over registers. The handbook lists what its SQL may use: docs/kits.md.")
NO_SQL = error("check.sql-syntax", N_("the SQL cannot be read: {detail}"), _HINT)
SEVERAL = error("check.sql-several", N_("the SQL has {n} statements, and must have one"), _HINT)
NO_SELECT = error("check.sql-no-select", N_("the SQL does something other than SELECT: {what}"), _HINT)
PART = error("check.sql-part", N_("the SQL contains {what}, which is not allowed"), _HINT)
TABLE = error("check.sql-table", N_("the SQL asks “{name}”, which is no register and no table of the kit"), _HINT)
SCHEMA = error("check.sql-schema", N_("the SQL writes “{name}”: names take nothing in front of them"), _HINT)
FUNCTION = error("check.sql-function", N_("the SQL calls “{name}”, which is not allowed"), _HINT)
NAME = error(
    "check.sql-name",
    N_("the SQL gives the name “{name}” with WITH, which is not allowed"),
    N_("Use letters without accents, figures and _, and no name of a table of the database itself."),
)
LENGTH = error(
    "check.sql-length",
    N_("the SQL calls “{name}” with a length that is not a number up to {most}"),
    N_("Write the length as a number."),
)
CLOCK = error(
    "check.sql-clock",
    N_("the SQL asks the clock: “{name}”"),
    N_("Ask the table campaign: today is the day of the run, cut_off the day of the data."),
)
UNNAMED = error("check.sql-unnamed", N_("the SQL has a parameter without a name"), N_("Write $name, and declare it."))

Node = dict[str, Any]
_ONE_QUESTION = "only one SELECT is asked"
_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII | re.IGNORECASE)
_MOST_NAMES = 2
"""Names of a column: its table and its own."""


def lock(db: duckdb.DuckDBPyConnection, spill: str = "") -> None:
    """Let a connection read and write nothing but the file that it has open, and change no setting, from now on.

    What does not fit into the memory goes into the folder ``spill``, if there is to be one.
    """
    for setting in ("temp_directory = '{}'".format(spill.replace("'", "''")), *_LOCKS):
        db.execute(f"SET {setting}")


def ask(db: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
    """Ask one question; stops what is anything else, whatever came through the gate.

    A locked database could still write into the folder in which it puts what does not fit into its memory.
    """
    return db.execute(only(db.extract_statements(sql)), values)


def only(statements: Sequence[duckdb.Statement]) -> duckdb.Statement:
    """Return the one question that statements are; stops what is anything else."""
    if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
        raise duckdb.PermissionException(_ONE_QUESTION)
    return statements[0]


def as_asked(sql: str) -> str:
    """Return a statement as it stands within another one, whatever it ends with, a comment too."""
    return f"{sql.rstrip().rstrip(';')}\n"


class Gate:
    """Tells what of a statement is refused; ``tables`` are the names that it may ask."""

    def __init__(self, tables: Collection[str]) -> None:
        """Open what parses SQL; it has no tables and runs nothing."""
        self._tables = frozenset(tables)
        self._db = duckdb.connect(":memory:")
        lock(self._db)
        views = "SELECT lower(view_name) FROM duckdb_views() WHERE schema_name IN ('main', 'pg_catalog')"
        self._catalog = frozenset(name for (name,) in self._db.execute(views).fetchall())

    def refused(self, sql: str) -> list[Problem]:
        """Return everything for which a statement is refused, with line and column inside it."""
        try:
            statements = self._db.extract_statements(sql)
            if len(statements) != 1:
                return [SEVERAL(n=len(statements))]
            if statements[0].type is not duckdb.StatementType.SELECT:
                return [NO_SELECT(what=statements[0].type.name)]
            # as it will be run: a semicolon before a comment ends the question too early there
            self._db.extract_statements(f"SELECT * FROM ({as_asked(sql)}) j")  # noqa: S608 - it is only parsed
            row = self._db.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
            tree = json.loads(row[0] if row else "{}")
        except (duckdb.Error, RecursionError) as exc:
            return [NO_SQL(detail=str(exc).partition("\n")[0] or type(exc).__name__)]
        if tree.get("error", True):
            return [NO_SELECT(what=tree.get("error_message", ""))]
        try:
            return list(_Reader(sql, self._tables, self._catalog).read(tree["statements"], frozenset()))
        except RecursionError:
            return [PART(what=N_("nesting that is too deep"))]


class _Reader:
    """Reads the tree of one statement."""

    def __init__(self, sql: str, tables: frozenset[str], catalog: frozenset[str]) -> None:
        self._sql, self._tables, self._catalog = sql, tables, catalog

    def read(self, node: Any, ctes: frozenset[str]) -> Iterator[Problem]:
        """Yield what is refused below a node; ``ctes`` are the names that ``WITH`` gave around it."""
        if isinstance(node, list):
            for one in node:
                yield from self.read(one, ctes)
        elif isinstance(node, dict):
            ctes = yield from self._given(node, ctes)
            yield from self._refused(node, ctes)
            for name, inner in node.items():
                # definitions were read one by one, and the function of a table function was judged with it
                if name != "cte_map":
                    called = node.get("type") == "TABLE_FUNCTION" and name == "function"
                    yield from self.read(inner["arguments"] if called else inner, self._inside(node, name, ctes))

    def _given(self, node: Node, ctes: frozenset[str]) -> Generator[Problem, None, frozenset[str]]:
        """Read what ``WITH`` defines, each with the names before it, and return the names known after it."""
        for entry in (node.get("cte_map") or {}).get("map", ()):
            name = entry["key"]
            if not _NAME.fullmatch(name) or name.lower() in self._catalog:
                yield self._told(NAME, {}, name=name)
            yield from self.read(entry["value"], ctes)
            ctes |= {name.lower()}
        return ctes

    @staticmethod
    def _inside(node: Node, name: str, ctes: frozenset[str]) -> frozenset[str]:
        """Return the names known in a part of a node: a recursive definition knows itself in its second part only."""
        recursive = node.get("type") == "RECURSIVE_CTE_NODE" and name == "right"
        return ctes | {node["cte_name"].lower()} if recursive else ctes

    def _refused(self, node: Node, ctes: frozenset[str]) -> Iterator[Problem]:
        kind, part = node.get("class"), node.get("type")
        if not isinstance(part, str):
            return
        if part not in NODES if kind is None else kind not in EXPRESSIONS:
            yield self._told(PART, node, what=part)
        elif node.get("sample") or node.get("at_clause"):
            yield self._told(PART, node, what="TABLESAMPLE" if node.get("sample") else "AT")
        elif part == "BASE_TABLE":
            yield from self._table(node, ctes)
        elif part == "TABLE_FUNCTION":
            called = node["function"].get("function_name", "").lower()
            if called not in TABLE_FUNCTIONS:
                yield self._told(FUNCTION, node, name=called)
        else:
            yield from self._expression(node, kind)

    def _expression(self, node: Node, kind: str | None) -> Iterator[Problem]:
        if kind in ("FUNCTION", "WINDOW"):
            yield from self._function(node)
        elif kind == "TYPE" and (node.get("schema") or node.get("catalog")):
            yield self._told(SCHEMA, node, name=node["type_name"])
        elif kind == "COLUMN_REF" and len(node["column_names"]) > _MOST_NAMES:
            yield self._told(SCHEMA, node, name=".".join(node["column_names"]))
        elif kind == "COLUMN_REF" and len(node["column_names"]) == 1:
            yield from self._column(node, node["column_names"][0].lower())
        elif kind == "PARAMETER" and str(node.get("identifier", "")).isdigit():
            yield self._told(UNNAMED, node)

    def _table(self, node: Node, ctes: frozenset[str]) -> Iterator[Problem]:
        path = [*filter(None, (node.get("catalog_name"), node.get("schema_name"))), node["table_name"]]
        if len(path) > 1 or len(node.get("qualified_name", {}).get("path", path)) > 1:
            yield self._told(SCHEMA, node, name=".".join(path))
        elif node["table_name"].lower() not in self._tables | ctes:
            yield self._told(TABLE, node, name=node["table_name"])

    def _function(self, node: Node) -> Iterator[Problem]:
        name = node["function_name"].lower()
        if node.get("schema") or node.get("catalog"):
            yield self._told(SCHEMA, node, name=f"{node['schema']}.{name}")
        elif name in CLOCKS:
            yield self._told(CLOCK, node, name=name)
        elif name in BOUNDED:
            arguments = node.get("arguments", [])
            if not _is_short(arguments[BOUNDED[name]] if len(arguments) > BOUNDED[name] else {}):
                yield self._told(LENGTH, node, name=name, most=LONGEST)
        elif name == "age" and len(node.get("arguments", [])) == 1:
            # with one argument it counts up to today
            yield self._told(CLOCK, node, name=name)
        elif name not in ALLOWED:
            yield self._told(FUNCTION, node, name=name)

    def _column(self, node: Node, name: str) -> Iterator[Problem]:
        if name in CLOCKS:
            yield self._told(CLOCK, node, name=name)
        elif name in SAYS_WHO:
            yield self._told(FUNCTION, node, name=name)

    def _told(self, kind: Kind, node: Node, **args: Any) -> Problem:
        data = self._sql.encode()
        at = node.get("query_location", len(data))
        if at >= len(data):
            return kind(**args)
        # places are counted in bytes
        return kind(Where.in_text("", self._sql, len(data[:at].decode(errors="ignore"))), **args)


def _is_short(argument: Node) -> bool:
    literal = argument.get("expression", argument).get("literal") or {}
    text = str(literal.get("text", ""))
    return literal.get("kind") == "INTEGER" and text.isdigit() and int(text) <= LONGEST
