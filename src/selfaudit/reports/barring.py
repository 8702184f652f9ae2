"""Says why somebody may not review a file."""

from collections.abc import Callable, Mapping

from selfaudit.base.i18n import N_
from selfaudit.model.sampling.reviewing import Reviewing, Why


def why_not(why: Why, say: Callable[[str], str]) -> str:
    """Return why somebody may not review a file; ``say`` translates."""
    told = [say(N_("may no longer review"))] if why.gone else []
    namesake = say(N_("{did} (same name, to be looked into)"))
    told += [namesake.format(did=part.did) if part.namesake else part.did for part in why.parts]
    if why.lacks:
        told.append(say(N_("not competent in {fields}")).format(fields=say(N_(", ")).join(why.lacks)))
    return say(N_(", ")).join(told)


def excluded(now: Reviewing, file: str, say: Callable[[str], str]) -> Mapping[str, str]:
    """Return who may not review a file, by name, with why."""
    found = {one.name: now.why_not(file, id_) for id_, one in now.people.items()}
    return {name: why_not(why, say) for name, why in sorted(found.items()) if why}


def not_verified(now: Reviewing, file: str, say: Callable[[str], str]) -> str:
    """Return of what it is not known who did it, or which columns are missing; empty if independence is verified."""
    unknown = [did or say(N_("the registers do not have this file")) for did in now.unknown.get(file, ())]
    return say(N_(", ")).join([*now.lacking, *unknown])
