"""Keep the message catalogues complete: ``update`` writes and compiles them, ``check`` lists what is missing.

Message ids are English, so English needs no catalogue. The texts of another language are edited in its ``.po`` file;
its ``.mo`` file is compiled from that, here and by ``hatch_build.py``, and is not kept in Git. Line numbers and dates
are left out, so that a change of code changes no catalogue.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "selfaudit"
LANGUAGES = ("zh_CN",)
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "say": None, "ngettext": (1, 2)}
COMMENT_TAG = "Translators:"
SLOT = re.compile(r"\{(\w+)[^{}]*\}")
HEADERS = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


class QuietCatalog(Catalog):
    """A catalogue whose header has only what readers need and what does not change by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the header's fields."""
        return [(name, value) for name, value in super().mime_headers if name in HEADERS]


def texts(value: object) -> tuple[str, ...]:
    """Return an id or a translation, which is a tuple if it depends on a count, as a tuple."""
    return tuple(str(text) for text in value) if isinstance(value, (list, tuple)) else (str(value),)


def po_path(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return PACKAGE / "locales" / language / "LC_MESSAGES" / "selfaudit.po"


def new_catalog(language: str) -> Catalog:
    """Return an empty catalogue."""
    comment = f"# selfaudit in {language}; kept up to date by `make messages`."
    return QuietCatalog(locale=language, header_comment=comment, fuzzy=False)


def extracted() -> Catalog:
    """Return every message the package marks for translation."""
    catalog = Catalog()
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS, comment_tags=[COMMENT_TAG], strip_comment_tags=True)
    for file, line, message, comments, context in sorted(found, key=lambda row: row[:2]):
        catalog.add(message, locations=[(Path(file).as_posix(), line)], auto_comments=comments, context=context)
    for file, line, message in (*command_helps(), *field_docs()):
        catalog.add(message, locations=[(file, line)])
    return catalog


def command_helps() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and docstring of every command: the command line prints it as the help text."""
    for path in sorted((PACKAGE / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(getattr(d, "id", "") == "verb" for d in node.decorator_list):
                yield path.relative_to(PACKAGE).as_posix(), node.lineno, ast.get_docstring(node) or ""


def field_docs() -> Iterator[tuple[str, int, str]]:
    """Yield file, line and text of what every annotated field of a document contains: ``template vars`` prints it."""
    for path in (PACKAGE / "word" / "values.py", *sorted((PACKAGE / "reports" / "context").glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Subscript(
                    value=ast.Name("Annotated"), slice=ast.Tuple(elts=[_, ast.Constant(value=str() as text)])
                ):
                    yield path.relative_to(PACKAGE).as_posix(), node.lineno, text


def translated(language: str, messages: Catalog) -> Catalog:
    """Return the messages with the translations that the language's file has today."""
    path = po_path(language)
    old = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = new_catalog(language)
    for message in messages:
        if message.id:
            new[message.id] = with_translation(message, old.get(message.id, message.context))
    return new


def with_translation(message: Message, known: Message | None) -> Message:
    """Return an extracted message with the text known for it."""
    return Message(
        message.id,
        known.string if known else ("",) if message.pluralizable else "",
        locations=message.locations,
        auto_comments=message.auto_comments,
        user_comments=known.user_comments if known else (),
        flags=[flag for flag in known.flags if flag == "fuzzy"] if known else (),
        context=message.context,
    )


def text_of(catalog: Catalog) -> bytes:
    """Return the content of a catalogue's ``.po`` file."""
    text = io.BytesIO()
    write_po(text, catalog, width=120, sort_output=True, include_lineno=False)
    return text.getvalue()


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue's ``.po`` file, if that changes it, and the ``.mo`` file beside it."""
    text = text_of(catalog)
    if not path.exists() or path.read_bytes() != text:
        path.write_bytes(text)
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalog)


def flaws(language: str, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with the translations of one language."""
    for message in catalog:
        ids, strings = texts(message.id), texts(message.string)
        if not ids[0]:
            continue
        where = f"{language}: {ids[0]!r}"
        if not all(strings):
            yield f"{where} is not translated"
        elif message.fuzzy:
            yield f"{where} is marked fuzzy"
        elif set(SLOT.findall(strings[-1])) != set(SLOT.findall(ids[-1])):
            yield f"{where} has other {{slots}} in its translation"


def main() -> int:
    """Run the command line and return its exit code: 1 if something must be translated or brought up to date."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("action", choices=["update", "check"])
    action = parser.parse_args().action
    messages = extracted()
    faults: list[str] = []
    for language in LANGUAGES:
        catalog = translated(language, messages)
        faults += flaws(language, catalog)
        path = po_path(language)
        if action == "update":
            write(path, catalog)
        elif path.read_bytes() != text_of(catalog):
            faults.append(f"{path.relative_to(PACKAGE)} is out of date; run `make messages`")
    print(*faults, f"{len(messages)} messages, {len(faults)} to fix", sep="\n")
    return 1 if faults and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
