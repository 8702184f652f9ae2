"""Writes the record of a seed: with the population and the plan all that is needed to draw a sample again."""

from selfaudit.files.yaml.writer import dump
from selfaudit.model.sampling.state import SampleState, SeedRecord


def seed_record(state: SampleState) -> str:
    """Return the record of a spot check as YAML."""
    known = state.model_dump(mode="json", exclude_defaults=True)
    record = {"format": "selfaudit/seed/1", **{key: known[key] for key in SeedRecord.model_fields if key in known}}
    if "more" in record:
        record["more"] = [{**one, "files": str(one["files"])} for one in record["more"]]
    return dump(record)
