"""``registers.yaml``: the industries, cities, rules and documents of which the registers are made."""

from datetime import date
from typing import Literal

from pydantic import Field

from selfaudit.demo.texts import load_demo_file
from selfaudit.model.base import Day, Model, Text


class City(Model):
    """A city: the code of its region, and where it is in degrees."""

    region: Text
    latitude: Text
    longitude: Text

    @property
    def place(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return float(self.latitude), float(self.longitude)


class Industry(Model):
    """What an organisation of an industry does, in the words of certificate and licence, and what it must hold."""

    codes: tuple[Text, ...]
    noun: Text
    scope: Text
    business: Text
    risk: Text
    permits: tuple[Text, ...] = ()
    accredited: bool = True


class HeadOffice(Model):
    """Where the auditors of the head office work, and to which unit they belong."""

    city: Text
    unit: Text


class FiledRule(Model):
    """A rule that the body filed."""

    name: Text
    number: Text
    field: Text
    basis: Text
    published: Day
    filed: Day
    used: Day
    mark: Text


class Reject(Model):
    """A row that cannot be read: cells by header that replace those of another row, and why."""

    row: dict[str, str]
    why: Text


DateStyle = Literal["iso", "slash", "dots", "plain", "chinese", "serial"]


class ExportFile(Model):
    """A file as a system exports it; ``dates`` are the spellings of dates, row by row in turn.

    ``by_year`` names the column by whose year rows are spread over sheets. ``repeated`` is after how many rows the
    header comes again, ``hidden`` how many rows are hidden.
    """

    register_: Text = Field(alias="register")
    name: Text
    format: Literal["csv", "xlsx", "ods"]
    encoding: str = "utf-8"
    title: str = ""
    total: str = ""
    codes: Literal["number", "title"]
    dates: tuple[DateStyle, ...]
    by_year: str = ""
    repeated: int = 0
    hidden: int = 0
    wide: bool = False
    headers: tuple[Text, ...] = ()
    rejects: tuple[Reject, ...] = ()


class RegisterTexts(Model):
    """The whole file."""

    approval_number: Text
    accreditation_number: Text
    head_office: HeadOffice
    cities: dict[str, City]
    industries: tuple[Industry, ...]
    bases: dict[str, Text]
    approved: tuple[Text, ...]
    rules: tuple[FiledRule, ...]
    publications: tuple[Text, ...]
    documents: tuple[Text, ...]
    files: tuple[ExportFile, ...]


def load_register_texts() -> RegisterTexts:
    """Return the shipped texts."""
    return load_demo_file("registers", RegisterTexts)


FIRST, LAST, TODAY = date(2017, 1, 3), date(2023, 10, 26), date(2023, 11, 13)
"""The first day of the data, the day on which they were exported, and the day on which the demo reads them."""
