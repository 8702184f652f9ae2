"""``checklist``: what the kits ask, and the schemas of the files that people edit."""

import json
from pathlib import Path
from typing import Any

import yaml

from tests.support.campaign import Campaign
from tests.support.program import run

KINDS = {"string": str, "object": dict, "array": list, "null": type(None), "integer": int, "boolean": bool}


def complaints(data: Any, schema: dict[str, Any], top: dict[str, Any], path: str = "") -> list[str]:
    """Hold data against the part of JSON Schema that pydantic writes; return what does not fit."""
    if "$ref" in schema:
        schema = top["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tried = [complaints(data, one, top, path) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    if "enum" in schema or "const" in schema:
        allowed = schema.get("enum") or [schema["const"]]
        return [] if data in allowed else [f"{path}: {data!r} is not one of {allowed}"]
    kinds = schema.get("type", list(KINDS))
    allowed = tuple(KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
    if not isinstance(data, allowed):
        return [f"{path}: {data!r} is not {kinds}"]
    if isinstance(data, list):
        return [
            found
            for n, one in enumerate(data)
            for found in complaints(one, schema.get("items", {}), top, f"{path}/{n}")
        ]
    if not isinstance(data, dict):
        return []
    known = schema.get("properties", {})
    found = [f"{path}: {key} is missing" for key in schema.get("required", ()) if key not in data]
    for key, value in data.items():
        rest = schema.get("additionalProperties", True)
        inner = known.get(key, rest if isinstance(rest, dict) else {})
        found += [f"{path}: {key} is unknown"] if key not in known and rest is False else []
        found += complaints(value, inner, top, f"{path}/{key}")
    return found


def test_list_names_the_shipped_kits_and_their_size() -> None:
    ran = run("checklist", "list", "--json")
    assert ran.code == 0
    assert {kit["kit"]: (kit["language"], kit["items"]) for kit in ran.data} == {
        "fake-cert-2023": ("zh_CN", 45),
        "iso17021-internal-audit": ("en", 37),
    }
    shown = run("checklist", "list").out
    assert "fake-cert-2023" in shown
    assert " 45 " in shown


def test_show_lists_every_item_with_who_answers_it_and_by_when(kit: Path) -> None:
    ran = run("checklist", "show", "tiny", cwd=kit.parent)
    assert ran.code == 0
    rows = ran.out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["1.1", "1.2", "1.10", "2.1", "2.2", "2.3"]
    assert "技术部, 各分公司" in rows[0]
    assert "2023-11-07" in rows[0]


def test_show_prints_one_item_in_full(kit: Path) -> None:
    ran = run("checklist", "show", "tiny", "2.1", cwd=kit.parent)
    assert ran.code == 0
    for said in (
        "审核是否真实？",
        "a) 是否全程到场？",
        "b) 记录是否当场形成？",
        "核对行程。",
        "行程单",
        "审核员",
        "Severity: 严重",
        "Due: 2023-11-06",
    ):
        assert said in ran.out
    assert "ask:" not in ran.out


def test_a_citation_nobody_verified_is_marked(kit: Path) -> None:
    assert "《认证条例》第一条\n" in run("checklist", "show", "tiny", "1.1", cwd=kit.parent).out
    path = kit / "citations.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("verified: true", "verified: false"), encoding="utf-8")
    assert "《认证条例》第一条〔待核实〕" in run("checklist", "show", "tiny", "1.1", cwd=kit.parent).out


def test_show_tells_one_from_ten(kit: Path) -> None:
    ran = run("checklist", "show", "tiny", "1.10", "--json", cwd=kit.parent)
    assert [item["title"] for item in ran.data] == ["收费"]


def test_an_unknown_item_is_named_with_those_there_are(kit: Path) -> None:
    ran = run("checklist", "show", "tiny", "9.9", cwd=kit.parent)
    assert ran.code == 3
    assert "the kit has no item “9.9”" in ran.err
    assert "1.1, 1.2, 1.10" in ran.err


def test_an_unknown_schema_is_named_with_those_there_are() -> None:
    ran = run("checklist", "schema", "forms")
    assert ran.code == 3
    assert "there is no schema “forms”" in ran.err
    assert "response" in ran.err


def test_all_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    ran = run("checklist", "schema", "--output", "schemas", cwd=tmp_path)
    assert ran.code == 0
    written = {path.name for path in (tmp_path / "schemas").iterdir()}
    assert {f"{name}.schema.json" for name in ("campaign", "checklist", "roster", "profile", "response")} <= written
    for path in (tmp_path / "schemas").iterdir():
        schema = json.loads(path.read_text(encoding="utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/")


def schema(name: str) -> dict[str, Any]:
    """Return a schema as the program prints it."""
    ran = run("checklist", "schema", name)
    assert ran.code == 0
    return dict(ran.data)


def test_an_issued_form_fits_the_schema_of_responses(campaign: Campaign) -> None:
    wanted = schema("response")
    for path in campaign.forms():
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert complaints(data, wanted, wanted) == []


def test_a_misspelt_name_in_a_form_does_not_fit_the_schema(campaign: Campaign) -> None:
    wanted = schema("response")
    text = campaign.form("张三").read_text(encoding="utf-8").replace("answer: 未查", "anwser: 未查")
    assert any("anwser is unknown" in found for found in complaints(yaml.safe_load(text), wanted, wanted))


def test_the_files_of_a_new_campaign_fit_their_schemas(new_campaign: Campaign) -> None:
    for name, file in (
        ("roster", "roster.yaml"),
        ("profile", "profile.yaml"),
        ("citations", "checklists/citations.yaml"),
    ):
        wanted = schema(name)
        data = yaml.load((new_campaign.root / file).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
        data = {key: ({} if value == "" else value) for key, value in data.items()}
        found = [one for one in complaints(data, wanted, wanted) if "'true' is not boolean" not in one]
        assert found == []
