"""The key of the respondent that is the review of a file by one person."""

from selfaudit.base.canonical import short_hash


def review_key(sample: str, file: str, person: str) -> str:
    """Return the key of the review of a file by one person."""
    return f"file:{sample}/{file}/{short_hash(person.encode(), 8)}"


def drawn_in(key: str) -> tuple[str, str]:
    """Return the sample and the number of the file of which a key is that of a review; else both are empty."""
    kind, _, number = key.partition(":")
    sample, _, rest = number.partition("/")
    return (sample, rest.rpartition("/")[0]) if kind == "file" else ("", "")
