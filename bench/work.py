"""Single functions of selfaudit, each in a process of its own: ``python -m bench.work write|cells|drafts … REPORT``.

What the function alone cost is written into the report.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from bench.inside import record_cpu


def write(campaign: str, form_format: str, report: str) -> None:
    """Write the form of everybody in a campaign in one format; the bytes are thrown away."""
    from selfaudit.forms.formats import FORMATS  # noqa: PLC0415 - as everywhere here: only what a step needs
    from selfaudit.store.workspace import Workspace  # noqa: PLC0415
    from selfaudit.workflow.common.forms import build_forms  # noqa: PLC0415

    workspace = Workspace(Path(campaign))
    kit, roster = workspace.load().usable()
    forms = build_forms(kit, roster, workspace.codes(kit.plan.id))
    with record_cpu(report):
        for form in forms:
            FORMATS[form_format].write(form)


def cells(folder: str, report: str) -> None:
    """Read every cell of every workbook in a folder, after all the checks that come before."""
    from selfaudit.files.sheets.workbook import open_workbook  # noqa: PLC0415

    _read(folder, report, lambda data: open_workbook(data, "form.xlsx").grids)


def drafts(folder: str, report: str) -> None:
    """Read every workbook in a folder as a form: its answers, and the cell of each."""
    from selfaudit.forms.xlsx import form as xlsx_form  # noqa: PLC0415

    _read(folder, report, lambda data: xlsx_form.read(data, "form.xlsx").data)


def _read(folder: str, report: str, read: Callable[[bytes], object]) -> None:
    paths = sorted(Path(folder).iterdir())
    assert read(paths[0].read_bytes())
    with record_cpu(report):
        for path in paths:
            read(path.read_bytes())


STEPS: dict[str, Callable[..., None]] = {"write": write, "cells": cells, "drafts": drafts}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
