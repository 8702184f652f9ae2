"""How many auditor days an audit takes, by the tables of the kit."""

import math
from collections.abc import Mapping

PHASES: Mapping[str, float] = {"initial": 1, "recertification": 2 / 3, "surveillance": 1 / 3, "change": 1 / 3}
_HIGHEST = (5, 10, 15, 25, 45, 65, 85, 125, 175, 275, 425, 625, 875)
_DAYS: Mapping[tuple[str, str], tuple[float, ...]] = {
    ("QMS", ""): (1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    ("", "high"): (3, 3.5, 4.5, 5.5, 7, 8, 9, 11, 12, 13, 15, 16, 17),
    ("", "medium"): (2.5, 3, 3.5, 4.5, 5.5, 6, 7, 8, 9, 10, 11, 12, 13),
    ("", "low"): (2.5, 3, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9, 10),
}


def required(standards: tuple[str, ...], headcount: int, risk: str, kind: str) -> float:
    """Return the auditor days without any reduction, in half days, one at least."""
    band = next(n for n, highest in enumerate(_HIGHEST) if headcount <= highest)
    total = sum(_DAYS["QMS", ""][band] if standard == "QMS" else _DAYS["", risk][band] for standard in standards)
    return max(1.0, math.ceil(round(total * PHASES[kind] * 2, 6)) / 2)
