"""Tables of the page, and how numbers stand in them."""

from collections.abc import Iterable, Sequence

MIB = 2**20


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, with an empty line before it."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def duration(seconds: float) -> str:
    """Return seconds as printed."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def mebibytes(size: float) -> str:
    """Return bytes as printed."""
    return f"{size / MIB:.0f} MiB"


def yes_no(reached: bool | None) -> str:  # noqa: FBT001 - it is the whole message
    """Return whether a goal is reached; None without a goal."""
    return "–" if reached is None else "yes" if reached else "**no**"
