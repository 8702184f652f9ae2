"""Which files the key of a signal names: by their number, or by something that is known of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import FILE, CaseFile, file_id


def names_of(plan: SamplePlan, file: CaseFile) -> dict[str, str]:
    """Return by what signals name a file, by the column of their keys."""
    by = plan.population.signals_by
    found = {column: file.id if ours == FILE else file_id(file.values.get(ours, "")) for column, ours in by.items()}
    return {column: name for column, name in found.items() if name}


def certain_names(plan: SamplePlan, files: Sequence[CaseFile]) -> dict[str, dict[str, str]]:
    """Return by what signals name each file for certain: the name of a person only if no other file has it."""
    people = {column.id for column in plan.columns if column.names_people}
    by = {key: ours for key, ours in plan.population.signals_by.items() if ours in people}
    names = {file.id: names_of(plan, file) for file in files}
    times = Counter((key, own[key]) for own in names.values() for key in by if key in own)
    return {
        file: {key: name for key, name in own.items() if key not in by or times[key, name] == 1}
        for file, own in names.items()
    }


class NamedFiles:
    """Finds the files that keys name."""

    def __init__(self, names: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Take files, each with what ``names_of`` says of it."""
        self._files: dict[tuple[str, str], list[str]] = {}
        for file, own in names:
            for entry in own.items():
                self._files.setdefault(entry, []).append(file)

    def of(self, key: Mapping[str, str]) -> set[str]:
        """Return the files that a key names, given its parts by column, each once by whatever names it."""
        named = ((column, file_id(text)) for column, text in key.items())
        return {file for entry in named for file in self._files.get(entry, ())}
