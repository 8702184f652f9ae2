"""The outbox: what the person who hands out the forms of a unit finds in its folder.

For every respondent the form in each of its formats and a covering note to paste into a message; for the unit a page
that lists them, and a zip of all of it beside the folder.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import count
from pathlib import PurePosixPath

from selfaudit.base.i18n import N_, translator
from selfaudit.base.text import file_name
from selfaudit.files.packing import Packer, packed
from selfaudit.files.zips import Part, zipped
from selfaudit.forms.formats import FORMATS
from selfaudit.model.form.form import Form, Questions
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.bundles import bundle_files

NOTE_SUFFIX = ".txt"

NOTE = (
    N_("{who}:"),
    "",
    N_("Please fill in the form of “{title}” and send it back by {due}. Attached: {files}."),
    "{how}",
    N_("Send it to: {return_to}"),
    N_("You may rename the file. You may also send it unfinished and complete it later."),
    N_("If you made a mistake, correct it in the same file and send it again; the newest version counts."),
    N_("Passport of the form: {passport}"),
)
BACK = N_("the person who sent you this form")
ONE_OF = N_("They all ask the same questions: fill in whichever one suits you.")


def folder_of(form: Form) -> str:
    """Return the name of the folder of the unit that hands out a form.

    Those of another round lie apart, and those about files in a folder for each reviewer.
    """
    own, asked = form.respondent.folder, form.questions
    if form.respondent.reviewer:
        return f"{Workspace.REVIEWS}/{file_name(form.respondent.reviewer)}"
    return Workspace.round_folder(asked.round, own) if asked.given else own


def outbox_file(form: Form, suffix: str) -> str:
    """Return where a form lies, relative to the campaign: unit, name and passport show people whose it is."""
    return Workspace.outbox_name(folder_of(form), f"{file_name(form.respondent.name)}_{form.passport}{suffix}")


def form_files(form: Form, formats: Iterable[str]) -> dict[str, str]:
    """Return where a form lies in each of some formats."""
    return {name: outbox_file(form, FORMATS[name].suffix) for name in formats}


def write_form(workspace: Workspace, form: Form, formats: Iterable[str], before: Iterable[str]) -> tuple[str, ...]:
    """Write a form in some formats and its covering note; return every file that contains it now.

    ``before`` are the files that were issued to the respondent last. One of another revision, or under another name, is
    put aside; the others are written again, so that all of them say the same.
    """
    asked = form_files(form, formats)
    files = files_with(form, asked, before := set(before))
    put_aside(workspace, before - set(files))
    there = {
        name: file
        for name, file in form_files(form, FORMATS).items()
        if file in files and workspace.path(file).is_file()
    }
    for name, file in (asked | there).items():
        data = FORMATS[name].write(form)
        _put_aside(workspace, file, data)
        workspace.put(file, data)
    workspace.put(outbox_file(form, NOTE_SUFFIX), covering_note(form, files).encode())
    return files


def files_with(form: Form, wanted: Mapping[str, str], before: Iterable[str]) -> tuple[str, ...]:
    """Return every file that contains a form when some more are written; one under another name does not."""
    kept = {file for file in before if str(PurePosixPath(file).with_suffix("")) == outbox_file(form, "")}
    return in_order({*wanted.values(), *kept})


def in_order(files: Iterable[str]) -> tuple[str, ...]:
    """Return the files of one form in the order in which they are offered: what most people can use comes first."""
    suffixes = [entry.suffix for entry in FORMATS.values()]
    return tuple(sorted(files, key=lambda file: suffixes.index(PurePosixPath(file).suffix)))


def is_noted(workspace: Workspace, form: Form, files: Iterable[str]) -> bool:
    """Return whether the covering note is there and up to date, which depends on all that forms show."""
    path = workspace.path(outbox_file(form, NOTE_SUFFIX))
    return path.is_file() and path.read_bytes() == covering_note(form, files).encode()


def put_aside(workspace: Workspace, files: Iterable[str]) -> None:
    """Move forms that are not to be sent any more out of the way, and drop their notes."""
    for file in files:
        _put_aside(workspace, file, None)
        workspace.path(str(PurePosixPath(file).with_suffix(NOTE_SUFFIX))).unlink(missing_ok=True)


def covering_note(form: Form, files: Iterable[str]) -> str:
    """Return what to write to a respondent: what is wanted, by when, how to fill it in and where to send it."""
    say = translator(form.questions.language)
    there = {PurePosixPath(file).suffix: PurePosixPath(file).name for file in files}
    how = [f"- {say(entry.how)}" for entry in FORMATS.values() if entry.suffix in there]
    if len(there) > 1:
        how.append(say(ONE_OF))
    facts = {
        "who": form.respondent.printed,
        "title": form.questions.title,
        "due": form.questions.due.isoformat(),
        "files": say(", ").join(there.values()),
        "how": "\n".join(how),
        "return_to": form.return_to or say(BACK),
        "passport": form.passport,
    }
    return "".join(say(line).format(**facts) + "\n" if line else "\n" for line in NOTE)


def _put_aside(workspace: Workspace, file: str, new: bytes | None) -> None:
    """Move an old form out of the way: somebody may have typed into it, so it is neither deleted nor written over."""
    old = workspace.path(file)
    if not old.is_file() or old.read_bytes() == new:
        return
    folder = workspace.superseded(file)
    folder.mkdir(exist_ok=True)
    names = (f"{old.stem}{f' ({n})' if n else ''}{old.suffix}" for n in count())
    old.replace(next(folder / name for name in names if not (folder / name).exists()))


def unbundle(workspace: Workspace, folder: str) -> None:
    """Remove the page and the zip of a unit that hands out no forms any more."""
    for file in bundle_files(folder):
        workspace.path(file).unlink(missing_ok=True)


def bundle(
    workspace: Workspace,
    folder: str,
    forms: list[tuple[Form, tuple[str, ...]]],
    roles: dict[str, str],
    reissued: Container[str],
) -> None:
    """Write the page that lists the forms of a unit, each with its files, and the zip that contains everything.

    ``reissued`` are the keys of those who got another form before.
    """
    from selfaudit.reports.pages.outbox import Entry, outbox_page  # noqa: PLC0415 - needed when something is issued only

    entries = []
    for form, files in forms:
        titles = [roles.get(role, role) for role in form.respondent.roles]
        names = tuple(PurePosixPath(file).name for file in files)
        due, note, replaces = form.questions.due, covering_note(form, files), form.respondent.key in reissued
        entries.append(Entry(form.respondent.name, titles, due, names, note, replaces))
    asked, who = forms[0][0].questions, forms[0][0].respondent
    unit = who.reviewer or (f"{who.unit_name} ({who.unit})" if who.numbered else who.unit_name)
    page, archive = bundle_files(folder)
    workspace.put(page, outbox_page(unit, asked.title, asked.language, entries).encode())
    workspace.put(archive, _zipped(workspace, folder, forms))


def _zipped(workspace: Workspace, folder: str, forms: list[tuple[Form, tuple[str, ...]]]) -> bytes:
    parts = []
    for file, asked in _members(folder, forms):
        path = workspace.path(file)
        if path.is_file():
            parts.append(_packed(workspace.inside_outbox(file), path.read_bytes(), asked))
    return zipped(parts)


_packers: dict[tuple[str, str], Packer] = {}


def _packed(name: str, data: bytes, asked: Questions | None) -> Part:
    """Return a file for the zip; ``asked`` are the questions if it is a form."""
    kind = next((entry for entry in FORMATS.values() if name.endswith(entry.suffix)), None)
    if kind and asked and kind.shared:
        if (kind.name, asked.edition) not in _packers:
            # ten thousand respondents share a few sets of questions
            _packers[kind.name, asked.edition] = Packer(kind.shared(asked))
        if part := _packers[kind.name, asked.edition].pack(name, data):
            return part
    return packed(name, data, 0 if kind and kind.compressed else 1)


def _members(folder: str, forms: list[tuple[Form, tuple[str, ...]]]) -> Iterator[tuple[str, Questions | None]]:
    """Yield every file of a unit, each form with its questions."""
    yield bundle_files(folder)[0], None
    for form, files in forms:
        yield from ((file, form.questions) for file in files)
        yield outbox_file(form, NOTE_SUFFIX), None
