"""The names of the form formats, as plans, rosters and users ask for them; ``forms/formats.py`` has the formats."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal


@dataclass(frozen=True, slots=True)
class FormatName:
    """A format: its name in files and on the command line, and what people write for it in a roster."""

    name: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


FORMAT_NAMES = (
    FormatName("html", "网页", "HTML", ("网页填报表", "浏览器", "Web", "Page")),
    FormatName("xlsx", "Excel", "XLSX", ("工作簿", "表格", "Excel 填报表", "WPS", "Workbook")),
    FormatName("yaml", "文本", "YAML", ("文本填报表", "Text")),
)
"""Every format, what most people can use first."""

DEFAULT_FORMATS = (FORMAT_NAMES[-1].name,)
"""What is written where nobody says otherwise: the one that needs nothing but an editor."""

if TYPE_CHECKING:
    FormFormat = str
else:
    FormFormat = Literal[tuple(entry.name for entry in FORMAT_NAMES)]
"""The name of a format."""


def listed() -> str:
    """Return the names of all formats, for help texts."""
    return ", ".join(entry.name for entry in FORMAT_NAMES)
