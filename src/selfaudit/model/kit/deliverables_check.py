"""Whether the deliverables of a plan are somebody's, and due some day."""

from collections.abc import Iterator
from typing import get_args

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, warning
from selfaudit.model.kit.consistency import Path, Remark, one_unknown
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import NameParts
from selfaudit.model.names import PLAN
from selfaudit.model.progress.deliverables import dated

UNDATED = warning(
    "kit.undated",
    N_("no phase, milestone or checklist names “{id}”, so it has no day on which it is due"),
    N_("Add it to “outputs” of a phase or milestone, or take it out here."),
)
ROLES_OF_ONE = error(
    "kit.roles-of-one",
    N_("there is one “{id}” for the whole body, which has no roles"),
    N_("Take “roles” out, or say of whom there is one each: “of: unit” or “of: person”."),
)


NOT_OF_BODY = error(
    "kit.not-of-body",
    N_("there is one “{id}” each for several, so that it is not one file to upload"),
    N_("Name a deliverable of the whole body."),
)
NAME_PARTS = error(
    "kit.name-parts",
    N_("the name of a file may contain in braces only what is known of the report"),
    N_("Known: {known}."),
)


def check_deliverables(kit: Kit) -> Iterator[Remark]:
    """Yield what is doubtful about each of them."""
    roles, kinds = [role.id for role in kit.plan.roles], [kind.id for kind in kit.plan.notices]
    for n, one in enumerate(kit.plan.deliverables):
        at: Path = ("deliverables", n)
        for r, role in enumerate(one.roles):
            yield from one_unknown(PLAN, (*at, "roles", r), N_("role"), role, roles)
        for k, kind in enumerate(one.notices):
            yield from one_unknown(PLAN, (*at, "notices", k), N_("kind of notice"), kind, kinds)
        if one.whose == "body" and one.roles:
            yield Remark(PLAN, (*at, "roles"), ROLES_OF_ONE, {"id": one.id})
        if dated(kit, one)[0] is None:
            yield Remark(PLAN, at, UNDATED, {"id": one.id})
    yield from _files(kit)


def _files(kit: Kit) -> Iterator[Remark]:
    known = {one.id: one for one in kit.plan.deliverables}
    for n, file in enumerate(kit.plan.submission.files):
        at: Path = ("submission", "files", n)
        yield from one_unknown(PLAN, (*at, "deliverable"), N_("deliverable"), file.deliverable, list(known))
        if file.deliverable in known and known[file.deliverable].whose != "body":
            yield Remark(PLAN, (*at, "deliverable"), NOT_OF_BODY, {"id": file.deliverable})
        if set("{}") & set(file.named(**dict.fromkeys(get_args(NameParts), ""))):
            yield Remark(PLAN, (*at, "name"), NAME_PARTS, {"known": [f"{{{part}}}" for part in get_args(NameParts)]})
