"""What a comparison needs of the one before, as bytes: templates, and in how many records shingles stand."""

import json
import zipfile
import zlib
from io import BytesIO

import numpy as np

from selfaudit.casefiles.arrays import Keys
from selfaudit.casefiles.shingling import ALGORITHM
from selfaudit.casefiles.spread import Spread
from selfaudit.casefiles.templates import Learned, Templates
from selfaudit.model.casefiles.found import LearnedTemplate
from selfaudit.model.casefiles.settings import Settings


def to_bytes(templates: Templates, spread: Spread) -> bytes:
    """Return both as they are kept; the same for the same content."""
    learned = sorted(templates.learned.items())
    head = {
        "algorithm": templates.algorithm,
        "settings": templates.settings.model_dump(mode="json"),
        "standards": [
            {"name": name, "records": one.records, "told": [told.model_dump(mode="json") for told in one.told]}
            for name, one in learned
        ],
    }
    told = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    named = {f"standard{number}": one.keys for number, (_name, one) in enumerate(learned)}
    file = BytesIO()
    np.savez_compressed(
        file, head=told, blanks=templates.blanks, keys=spread.keys, records=spread.records, **named, allow_pickle=False
    )
    return file.getvalue()


def from_bytes(kept: bytes) -> tuple[Templates, Spread] | None:
    """Return what was kept; None if it is damaged or was kept by a release that made other keys."""
    try:
        with np.load(BytesIO(kept), allow_pickle=False) as arrays:
            head = json.loads(arrays["head"].tobytes())
            if head["algorithm"] != ALGORITHM:
                return None
            learned = {
                one["name"]: Learned(
                    _keys(arrays[f"standard{number}"]),
                    one["records"],
                    tuple(LearnedTemplate.model_validate(told) for told in one["told"]),
                )
                for number, one in enumerate(head["standards"])
            }
            templates = Templates(Settings.model_validate(head["settings"]), _keys(arrays["blanks"]), learned)
            return templates, Spread(_keys(arrays["keys"]), arrays["records"].astype(np.int64))
    except (EOFError, OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error):
        return None


def _keys(array: Keys) -> Keys:
    return array.astype(np.uint64)
