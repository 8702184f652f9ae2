"""Answers, findings, checks and signals as tables for another engine, without numbers of people."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from selfaudit.base.clock import today
from selfaudit.base.mask import mask
from selfaudit.checks.parquet import Type, Value, write_parquet
from selfaudit.model.finding import FIELD_OF
from selfaudit.model.form.answers import MISSING, Answer
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.form.form import FormItem, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.rectification.fields import REGISTER_FIELDS, value_in
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import CampaignData, data_of
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.state.verdicts import Now, Verdicts, deciding, verdicts
from selfaudit.workflow.common.unfinished import unfinished

Row = dict[str, Value]

_TEXT: Type = "VARCHAR"
_TEXTS: Type = "VARCHAR[]"
_BY_NAME: Type = "MAP(VARCHAR, VARCHAR)"
_WHO: dict[str, Type] = {"respondent": _TEXT, "name": _TEXT, "unit": _TEXT, "unit_name": _TEXT}
_OTHERWISE: Mapping[str, Type] = {"date": "DATE", "disposition": _BY_NAME}
"""The types of fields of a finding that are no texts, by their kind."""
_FIELDS = [field for field in (*FIELD_OF.values(), *REGISTER_FIELDS) if field.kind != "number"]
_STEPS = ("entered", "closed", "reopened", "withdrawn", "merged")

TABLES: Mapping[str, Mapping[str, Type]] = {
    "answers": {
        **_WHO,
        "roles": _TEXTS,
        "state": _TEXT,
        "active": "BOOLEAN",
        "area": _TEXT,
        "item": _TEXT,
        "part": _TEXT,
        "answer": _TEXT,
        "note": _TEXT,
        "entered_by": _TEXT,
        "conflict": "BOOLEAN",
        "versions": "BIGINT",
        "received_at": "TIMESTAMP",
        "first_at": "TIMESTAMP",
        "due": "DATE",
        "digest": _TEXT,
    },
    "findings": {
        "id": _TEXT,
        "long_id": _TEXT,
        **_WHO,
        "area": _TEXT,
        **{field.key: _OTHERWISE.get(field.kind, _TEXT) for field in _FIELDS},
        "more": _BY_NAME,
        "severity_by_default": "BOOLEAN",
        "state": _TEXT,
        "counts": "BOOLEAN",
        "source": _TEXT,
        "origin": _TEXT,
        **{f"{step}_on": "DATE" for step in _STEPS},
        **{f"{step}_by": _TEXT for step in _STEPS},
        **{f"{step}_because": _TEXT for step in _STEPS},
        "merged_into": _TEXT,
        "missing_to_close": _TEXTS,
        "evidence_files": "BIGINT",
        "recurs": _TEXTS,
        "version": "BIGINT",
    },
    "checks": {
        "check_id": _TEXT,
        "title": _TEXT,
        "severity": _TEXT,
        "items": _TEXTS,
        "state": _TEXT,
        "reason": _TEXT,
        "missing": _TEXTS,
        "judged": "BIGINT",
        "signals": "BIGINT",
        "unknown": "BIGINT",
        "kept": "BIGINT",
        "changed_at": "TIMESTAMP",
    },
    "signals": {
        "check_id": _TEXT,
        "key": _TEXT,
        "severity": _TEXT,
        "unit": _TEXT,
        "person": _TEXT,
        "facts": _BY_NAME,
        "derivation": _TEXTS,
        "digest": _TEXT,
        "state": _TEXT,
        "verdict": _TEXT,
        "code": _TEXT,
        "reason": _TEXT,
        "decided_by": _TEXT,
        "decided_on": "DATE",
        "until": "DATE",
        "seconded_by": _TEXT,
        "finding": _TEXT,
    },
}
"""The columns of every table, by its name. Names and types stay as they are, whatever a kit asks."""


def write_tables(folder: Path, workspace: Workspace, ledger: Ledger) -> int:
    """Write a file for each table into a folder; return from how many respondents something came back."""
    loaded = workspace.load()
    kit, data = loaded.usable()[0], data_of(workspace, loaded)
    everybody = list(standings(ledger, kit))
    found = verdicts(workspace, ledger, deciding(workspace, ledger, Now.of(loaded, today()), data.checks))
    rows: Mapping[str, Iterator[Row]] = {
        "answers": _answers(everybody, kit, ledger),
        "findings": (_finding(one) for one in every_finding(ledger, kit, everybody)),
        "checks": _checks(data, found),
        "signals": _signals(found),
    }
    folder.mkdir(parents=True, exist_ok=True)
    # DuckDB opens its file by name, so each is made in a folder beside and moved when all are whole
    with unfinished(folder) as beside:
        for name, columns in TABLES.items():
            write_parquet(beside / f"{name}.parquet", columns, map(_told, rows[name]))
        for name in TABLES:
            (beside / f"{name}.parquet").replace(folder / f"{name}.parquet")
    return sum(standing.content is not None for standing in everybody)


def _told(row: Row) -> Row:
    """Return a row without numbers of people in its texts; what nobody said is not there."""
    return {name: _masked(value) for name, value in row.items() if value not in ("", None)}


def _masked(value: Value) -> Value:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [mask(text) for text in value]
    if isinstance(value, dict):
        return {name: mask(text) for name, text in value.items()}
    return value


def _who(who: Respondent) -> Row:
    return {"respondent": who.key, "name": who.name, "unit": who.unit, "unit_name": who.unit_name}


def _answers(everybody: list[Standing], kit: Kit, ledger: Ledger) -> Iterator[Row]:
    """Yield a row for every place that somebody is asked, or was asked last, and for every other that they answered."""
    builder, last = FormBuilder(kit), Forms(ledger).asked()
    for standing in everybody:
        who = standing.respondent
        asked = builder.questions(who) if standing.active else last.get(who.key)
        places = [(item.id, part) for item in asked.items for part in _parts(item)] if asked else []
        said = {(item, part): (answer, note) for item, part, answer, note in standing.answers()}
        entered = {one.place: one.by for one in standing.on_behalf}
        nothing = (MISSING if standing.content is None else Answer.UNCHECKED, "")
        about: Row = {
            **_who(who),
            "roles": list(who.roles),
            "state": standing.state,
            "active": standing.active,
            "conflict": standing.conflict,
            "versions": standing.versions,
            "received_at": standing.received_at,
            "first_at": standing.first_at,
            "due": standing.due,
            "digest": standing.digest,
        }
        for item, part in dict.fromkeys((*places, *said)):
            answer, note = said.get((item, part), nothing)
            by = entered.get(f"{item} {part}".strip(), "")
            place: Row = {"area": kit.area_of.get(item), "item": item, "part": part}
            yield {**about, **place, "answer": answer, "note": note, "entered_by": by}


def _parts(item: FormItem) -> list[str]:
    return [part.id for part in item.parts] or [""]


def _finding(record: FindingRecord) -> Row:
    handled = record.rectification
    fields = {field.key: value_in(field, record.data, handled) for field in _FIELDS}
    steps = {step: made for step in _STEPS if (made := getattr(handled, step))}
    own = {key: str(value) for key, value in record.data.items() if key not in FIELD_OF and key != "evidence" and value}
    return {
        "id": record.short_id,
        "long_id": record.id,
        **_who(record.respondent),
        "area": record.area,
        **fields,
        "severity": record.severity,
        "more": own,
        "severity_by_default": record.by_default,
        "state": record.state,
        "counts": record.counts,
        "source": record.source,
        "origin": handled.origin,
        **{f"{step}_on": made.on for step, made in steps.items()},
        **{f"{step}_by": made.by for step, made in steps.items()},
        **{f"{step}_because": made.reason for step, made in steps.items()},
        "merged_into": handled.merged_into,
        "missing_to_close": list(record.missing_to_close),
        "evidence_files": record.evidence,
        "recurs": [one.id for one in record.recurs],
        "version": record.version,
    }


def _checks(data: CampaignData, found: Verdicts) -> Iterator[Row]:
    """Yield every check of the campaign, then those that ran and that it has no more."""
    for id_ in dict.fromkeys((*data.checks, *found.outcomes)):
        check, ran = data.checks.get(id_), found.outcomes.get(id_)
        about: Row = {"title": check.title, "severity": check.severity, "items": list(check.items)} if check else {}
        came: Row = {}
        if ran:
            one = ran.outcome
            came = {"state": one.state, "reason": one.reason, "missing": list(one.missing), "changed_at": ran.at}
            if one.state != "not_run":
                came |= {"judged": one.judged, "signals": one.signals, "unknown": one.unknown, "kept": one.kept}
        yield {"check_id": id_, **about, **came}


def _signals(found: Verdicts) -> Iterator[Row]:
    for held in found.standings:
        signal, verdict = held.signal, held.verdict
        decided = verdict if verdict and verdict.said else None
        said = held.exception or decided
        yield {
            "check_id": signal.check,
            "key": signal.key,
            "severity": signal.severity,
            "unit": signal.unit,
            "person": signal.person,
            "facts": signal.facts,
            "derivation": list(signal.derivation),
            "digest": signal.digest,
            "state": held.state,
            "verdict": decided.said if decided else None,
            "code": decided.code if decided else None,
            "reason": said.reason if said else None,
            "decided_by": said.by if said else None,
            "decided_on": decided.on if decided else None,
            "until": said.until if said else None,
            "seconded_by": said.seconded if said else None,
            "finding": verdict.finding if verdict else None,
        }
