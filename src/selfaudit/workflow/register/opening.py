"""What every verb of registers begins with: what the kit says of them, and a folder that nobody else may look into."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePath

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import UserError, error, errors
from selfaudit.model.casefiles.comparison import MADE
from selfaudit.model.data.imported import MAPPING, HeaderMapping
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import Mapped
from selfaudit.model.data.register import Register
from selfaudit.model.names import REGISTERS
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import records
from selfaudit.store.turns import Turns
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.registers import require_folder

NO_REGISTERS = error(
    "register.none",
    N_("the kit of this campaign does not say which registers there are"),
    N_("Add them to {folder}; see docs/kits.md, “A register”."),
)
NO_SUCH = error("register.no-such", N_("there is no register “{name}”"), N_("Known: {known}."))
MADE_HERE = error(
    "register.made-here",
    N_("the register {register} ({title}) is what selfaudit similar finds, and is not imported"),
    N_("Put the audit records themselves into {folder}, and run selfaudit similar."),
)
MEANT = error("register.meant", N_("there is no register “{name}”"), N_("Did you mean “{meant}”?"))


def data_kit(layout: Layout) -> DataKit:
    """Return the registers and checks of a campaign; a mistake in a register stops the command, one in a check not."""
    loaded = load_data_kit(layout.checklists, layout.root, [layout.data_checks])
    if wrong := [one for one in errors(loaded.problems) if REGISTERS in PurePath(one.where.file).parts]:
        raise UserError(wrong)
    if not loaded.kit.registers:
        raise UserError(NO_REGISTERS(folder=f"{layout.checklists.name}/{REGISTERS}/"))
    return loaded.kit


def register_meant(kit: DataKit, name: str) -> Register:
    """Return the register of an id or title."""
    key = name_key(name)
    for one in kit.registers.values():
        if key in (name_key(one.id), name_key(one.title)):
            return one
    by_form = {name_key(text): one.id for one in kit.registers.values() for text in (one.id, one.title)}
    if alike := get_close_matches(key, by_form, 1):
        raise UserError(MEANT(name=name, meant=by_form[alike[0]]))
    raise UserError(NO_SUCH(name=name, known=[f"{one.id} ({one.title})" for one in kit.registers.values()]))


def importable(kit: DataKit) -> DataKit:
    """Return a kit without the registers that the program itself makes, so that no file is taken for one."""
    return replace(kit, registers={id_: one for id_, one in kit.registers.items() if id_ not in MADE})


def register_to_import(layout: Layout, kit: DataKit, name: str) -> Register:
    """Return the register of an id or title, or stop if the program itself makes it."""
    register = register_meant(kit, name)
    if register.id in MADE:
        raise UserError(MADE_HERE(register=register.id, title=register.title, folder=layout.case_files.name))
    return register


def mappings(ledger: Ledger) -> dict[str, HeaderMapping]:
    """Return what people said of headers, by their fingerprints; what was forgotten is not among it."""
    found = {id_: HeaderMapping.model_validate(one.data) for id_, one in records(ledger, MAPPING).items()}
    return {id_: one for id_, one in found.items() if one.columns}


def mapped(ledger: Ledger) -> Mapped:
    """Return the same as the reader of files takes it."""
    return {
        id_: dict.fromkeys(one.headers)
        | {header: f"{one.register_}.{column}" for header, column in one.columns.items()}
        for id_, one in mappings(ledger).items()
    }


@contextmanager
def in_private(workspace: Workspace, listener: Listener, by: str = "") -> Iterator[tuple[Turns, Path]]:
    """Yield the ledger, in turns, and an empty folder for the user alone, one command at a time.

    It is emptied in the end, and what a killed command left in the beginning: exports contain numbers of persons.
    """
    require_folder(workspace)
    with workspace.alone("register", listener.waiting, by) as turns:
        folder = workspace.register_scratch
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield turns, folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
