"""Which columns of the registers a few checks can read, so that the others need not be loaded for them."""

import json
from collections.abc import Container, Iterable, Iterator
from typing import Any

import duckdb

from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit


def read_by(checks: Iterable[DataCheck], kit: DataKit) -> frozenset[str] | None:
    """Return names among which are those of all columns that the SQL of checks can read; None if that may be any.

    ``audits.*`` stands for all columns of a register. There are also those by which registers are joined with each
    other before any check asks them.
    """
    names = set[str]()
    for register in kit.registers.values():
        names |= {*register.key, *(column.id for column in register.columns if column.required)}
        names |= set(_texts([one.model_dump() for one in (*register.references, *register.folds)]))
    for check in kit.checks.values():
        names |= {*filter(None, (check.subject.person, check.subject.number))}
    with duckdb.connect(":memory:") as db:
        for check in checks:
            try:
                (said,) = db.execute("SELECT json_serialize_sql($sql)", {"sql": check.sql}).fetchall()[0]
            except duckdb.Error:
                return None
            tree = json.loads(said)
            names |= {text.lower() for text in _texts(tree)} | {f"{name}.*" for name in _whole(tree)}
            names |= {name for columns in (*check.needs.values(), *check.uses.values()) for name in columns}
    return frozenset(names)


def _whole(tree: Any) -> Iterator[str]:
    """Yield the registers of which a question may read columns that it does not name: with a star, or as a row."""
    nodes = list(_nodes(tree))
    given = {entry["key"].lower() for node in nodes for entry in (node.get("cte_map") or {}).get("map", ())}
    registers = [node for node in nodes if _is_register(node, given)]
    called = {name for one in registers for name in _names(one)}
    for node in nodes:
        stars = list(_nodes(node["select_list"])) if node.get("type") == "SELECT_NODE" else []
        own = [one for one in _asked(node.get("from_table")) if _is_register(one, given)]
        if node.get("ref_type") == "NATURAL" or (node.get("class") == "STAR" and node["columns"]):
            yield from (one["table_name"].lower() for one in registers)
        elif node.get("class") == "COLUMN_REF" and (name := node["column_names"][-1].lower()) in called:
            yield from (one["table_name"].lower() for one in registers if name in _names(one))
        for star in (one for one in stars if one.get("class") == "STAR"):
            of = star["relation_name"].lower()
            yield from (one["table_name"].lower() for one in own if not of or of in _names(one))


def _is_register(node: dict[str, Any], given: Container[str]) -> bool:
    return node.get("type") == "BASE_TABLE" and node["table_name"].lower() not in given


def _names(node: dict[str, Any]) -> set[str]:
    """Return the names by which a question may call a whole row of a table."""
    return {node[key].lower() for key in ("alias", "table_name") if node[key]}


def _asked(table: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Yield the tables that are joined."""
    if table and table.get("type") == "JOIN":
        yield from _asked(table["left"])
        yield from _asked(table["right"])
    elif table:
        yield table


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ():
        yield from _nodes(inner)


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        yield from tree
        for inner in tree.values():
            yield from _texts(inner)
    elif isinstance(tree, list | tuple):
        for inner in tree:
            yield from _texts(inner)
