"""Where the body's own data and case files lie in a campaign folder, with what was made of them."""

from dataclasses import dataclass
from pathlib import Path, PurePath

from selfaudit.base.text import file_name
from selfaudit.model.names import DATA_CHECKS, EXCEPTIONS, REGISTERS, SAMPLES


@dataclass(frozen=True, slots=True)
class RegisterLayout:
    """The folders and files of registers, data checks, signals, spot checks and case files of one campaign."""

    root: Path

    _IMPORTED, _REGISTER_FILES = f"{REGISTERS}/imported", f"{REGISTERS}/originals"
    _REJECTED_ROWS, _SIGNALS = "rejected", "signals"

    @property
    def registers(self) -> Path:
        """The body's own data."""
        return self.root / REGISTERS

    @property
    def imported(self) -> Path:
        """Every table that was made of the body's own data."""
        return self.root / self._IMPORTED

    @classmethod
    def imported_name(cls, register: str, sha256: str) -> str:
        """Return the name of a table of a register."""
        return f"{cls._IMPORTED}/{register}/{sha256}.parquet"

    @property
    def register_files(self) -> Path:
        """The files of which registers were made, as they came."""
        return self.root / self._REGISTER_FILES

    @classmethod
    def register_file_name(cls, sha256: str, suffix: str) -> str:
        """Return the name of such a file; the suffix is with its dot."""
        return f"{cls._REGISTER_FILES}/{sha256[:2]}/{sha256}{suffix}"

    @classmethod
    def rejected_rows_name(cls, file: str) -> str:
        """Return the name of the rows of a file that could not be read, to be sent back."""
        return f"{REGISTERS}/{cls._REJECTED_ROWS}/{file_name(file)}.csv"

    @property
    def signals(self) -> Path:
        """What data checks found, in files named by their SHA-256."""
        return self.registers / self._SIGNALS

    @classmethod
    def signals_name(cls, sha256: str) -> str:
        """Return the name of the file with the signals of one check."""
        return f"{REGISTERS}/{cls._SIGNALS}/{sha256}.jsonl"

    @property
    def data_checks(self) -> Path:
        """Data checks of the campaign itself, besides those of its kit."""
        return self.root / DATA_CHECKS

    @property
    def exceptions_file(self) -> Path:
        """What is no signal here, however a data check puts it."""
        return self.root / EXCEPTIONS

    @property
    def samples(self) -> Path:
        """The spot checks, one folder each."""
        return self.root / SAMPLES

    @classmethod
    def earlier_sample(cls, sample: str, version: int) -> str:
        """Return what stands for a spot check that was begun anew, given the last version of its record."""
        return f"{sample}/before-{version}"

    @classmethod
    def population_name(cls, sample: str) -> str:
        """Return the name of the frozen population of a spot check."""
        return f"{SAMPLES}/{sample}/population.tsv"

    @classmethod
    def sample_plan_name(cls, sample: str) -> str:
        """Return the name of the plan as it was when the population was frozen."""
        return f"{SAMPLES}/{sample}/plan.yaml"

    @classmethod
    def seed_name(cls, sample: str) -> str:
        """Return the name of the record of the seed."""
        return f"{SAMPLES}/{sample}/seed.yaml"

    @classmethod
    def drawn_name(cls, sample: str) -> str:
        """Return the name of the list of what is drawn."""
        return f"{SAMPLES}/{sample}/drawn.tsv"

    @property
    def case_files(self) -> Path:
        """Audit records to compare."""
        return self.root / "case-files"

    _BLANK_FORMS = ("空白表单", "blank-forms")

    @classmethod
    def is_blank_form(cls, below: PurePath) -> bool:
        """Return whether a file, by its path below the audit records, is a blank form and no record."""
        return not set(cls._BLANK_FORMS).isdisjoint(below.parts[:-1])

    _LOOK_ALIKES = "similar"
    _FOUND = "found.json"

    @property
    def look_alikes(self) -> Path:
        """What was found alike among the case files."""
        return self.root / self._LOOK_ALIKES

    @property
    def found_alike_file(self) -> Path:
        """The result of the last comparison of case files."""
        return self.look_alikes / self._FOUND

    @property
    def look_alike_pages(self) -> Path:
        """Pages on which they stand side by side, with the texts of the case files."""
        return self.look_alikes / "pages"

    @property
    def own(self) -> Path:
        """The folder of the program itself, for locks and what is not yet complete."""
        return self.root / ".selfaudit"

    @property
    def check_scratch(self) -> Path:
        """Where the registers are while checks ask them; for nobody else to read."""
        return self.own / "check"

    @property
    def similar_scratch(self) -> Path:
        """Where texts of case files are while many processes compare them; for nobody else to read."""
        return self.own / "similar"

    @property
    def register_scratch(self) -> Path:
        """Where registers are read: it contains numbers of identity documents, and is for the user alone."""
        return self.own / "registers"
