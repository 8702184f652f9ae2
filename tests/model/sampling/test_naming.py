"""Which files keys of signals name, and when that is not certain."""

from selfaudit.model.sampling.naming import NamedFiles, certain_names
from selfaudit.model.sampling.population import CaseFile
from tests.model.sampling.test_drawing import PLAN


def test_the_name_of_a_person_names_a_file_only_if_no_other_file_has_it() -> None:
    reader = PLAN.columns[0].model_copy(update={"id": "person", "names_people": True})
    by = {"project": "file", "name": "person"}
    population = PLAN.population.model_copy(update={"signals_by": by})
    plan = PLAN.model_copy(update={"columns": (*PLAN.columns, reader), "population": population})
    files = [CaseFile(f"F{n}", {"person": name}, {}) for n, name in enumerate(("Ann", "Bob", "ann"))]
    named = NamedFiles(certain_names(plan, files).items())
    assert [named.of({"name": name}) for name in ("Ann", "Bob", "Eve")] == [set(), {"F1"}, set()]
    assert named.of({"project": "f0", "name": "Bob"}) == {"F0", "F1"}
