"""What a kit says about the body's own data: registers with code lists, tables of figures, checks, spot checks."""

from dataclasses import dataclass, field

from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.register import Code, Register, Table
from selfaudit.model.sampling.plan import SamplePlan


@dataclass(slots=True)
class DataKit:
    """Registers, code lists, tables, checks and spot checks, each by its name, in the order of their files."""

    registers: dict[str, Register] = field(default_factory=dict)
    codes: dict[str, dict[str, Code]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    checks: dict[str, DataCheck] = field(default_factory=dict)
    samples: dict[str, SamplePlan] = field(default_factory=dict)
