"""YAML as the program and as any other program reads it."""

from pathlib import Path
from typing import Any

import yaml

from selfaudit.files.yaml.reader import read_yaml


def as_text(data: Any) -> Any:
    """Return data as the project's own reader sees them: every scalar as text."""
    if isinstance(data, dict):
        return {key: as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def both_readers(path: Path) -> Any:
    """Read a YAML file with PyYAML and with the project's reader, which must agree; return what PyYAML says."""
    text = path.read_text(encoding="utf-8")
    document, problems = read_yaml(text, path.name)
    assert problems == []
    data = yaml.safe_load(text)
    assert document.data == as_text(data)
    return data
