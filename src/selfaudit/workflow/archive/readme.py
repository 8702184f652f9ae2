"""The text file of an archive that says what it is, to people who have never heard of the program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfaudit import __version__
from selfaudit.base.clock import local, now
from selfaudit.base.i18n import N_, translator
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.head import Head
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import LeftOut
from selfaudit.workflow.archive.inventory import inventory_name
from selfaudit.workflow.archive.words import words_for

NAME = "README.txt"
WHAT = N_("This is the archive of a self-audit: {title}")
BODY = N_("Body: {body}")
MADE, BY = N_("Made: {at}, with selfaudit {version}"), N_("Made by: {who}")
HEAD = N_("Journal: {seq} entries; the hash of the last is {hash}")
SECRET = N_(
    "KEEP IT SAFE. It contains names, answers and confidential texts of everybody, and in data/campaign.secret what the"
    " numbers on the forms are made from. Give it to nobody who may not see all of that."
)
REDACTED = (
    N_(
        "From this copy the names that the program knows were taken out: other words stand for the names and numbers of"
        " people, the same everywhere; telephone, identity card and bank card numbers, e-mail addresses and texts in"
        " confidence were taken out as well. Originals, scans and the database are not in it; what else is left out is"
        " listed below."
    ),
    N_(
        "The names are those of the roster and of everybody who did something in the program, as they are written"
        " there. Somebody whom a free text calls otherwise, or who is named nowhere else, may still be named in it:"
        " read through it before it is handed on."
    ),
    N_("The hashes of the journal are those of the full archive and cannot be worked out from this copy."),
)
CHECK = N_("How to check that nothing was changed")
CHECKS = (
    N_("The zip: sha256sum -c ARCHIVE.zip.sha256 (Windows: certutil -hashfile ARCHIVE.zip SHA256, and compare)."),
    N_("The files: unpack the zip; in its folder, sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt."),
    N_("Any BagIt tool (RFC 8493) does the same, for example bagit.py --validate FOLDER."),
    N_("With selfaudit: selfaudit archive verify ARCHIVE.zip also checks the ledger, row by row."),
    N_(
        "Whoever changes files can write new lists as well. Against that, compare the SHA-256 of the zip with the one"
        " that was noted elsewhere when it was made, or check the signature."
    ),
)
SIGNED = N_(
    "The archive is signed (Ed25519): ARCHIVE.zip.sig is the signature of ARCHIVE.zip.sha256. To check it with OpenSSL:"
)
OPENSSL = "openssl pkeyutl -verify -rawin -pubin -inkey KEY.pub -sigfile ARCHIVE.zip.sig -in ARCHIVE.zip.sha256"
PUBLIC = N_("The public key belongs to it. Trust only a copy that reached you by another way:")
WHERE = N_("What is where")
DATA = N_("data/ is the campaign as it was. In it:")
DATA_REDACTED = N_("data/ is what may be shown of the campaign. In it:")
LEDGER = N_("ledger/ is the ledger campaign.db as text: one file a table, one line of JSON a row.")
INVENTORY = N_("{file} lists every file: what it is, pages, date, who answers for it; and what was left out.")
TAGS = N_("bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt: the lists by which it is checked.")
LEFT_OUT = N_("Not in the archive")
READ = N_(
    "To read it, unpack the zip and open index.html in any browser: the report, who said what, the findings with their"
    " history, papers, decisions and the journal. It needs no other program and no network."
)
NOTHING = N_("Nothing was left out.")
GO_ON = N_("selfaudit archive restore ARCHIVE.zip FOLDER makes a campaign of it that can be continued.")


@dataclass(frozen=True, slots=True)
class ReadMe:
    """What there is to say of an archive; ``files`` are those of the campaign in it.

    ``public`` is the public key if it is signed, else empty; ``redacted`` says that it is without personal data.
    """

    plan: Plan
    body: str
    workspace: Workspace
    head: Head
    files: Sequence[str]
    left_out: Sequence[LeftOut]
    public: str
    redacted: bool


def readme(told: ReadMe) -> Mapping[str, str]:
    """Return the file by its name, in the language of the campaign; with a mark by which Windows knows it as UTF-8."""
    return {NAME: "\ufeff" + "\r\n".join(_lines(told)) + "\r\n"}


def _lines(told: ReadMe) -> Iterator[str]:
    _ = translator(told.plan.language)
    yield _(WHAT).format(title=told.plan.title)
    yield _(BODY).format(body=told.body)
    yield _(MADE).format(at=local(now()), version=__version__)
    if told.plan.operator and not told.redacted:
        yield _(BY).format(who=told.plan.operator)
    yield _(HEAD).format(seq=told.head.seq, hash=told.head.hash or "-")
    yield from ("", _(READ), "", *map(_, REDACTED if told.redacted else (SECRET,)))
    yield from ("", f"== {_(CHECK)} ==", "")
    yield from (f"{n}. {_(text)}" for n, text in enumerate(CHECKS, 1))
    if told.public:
        yield from ("", _(SIGNED), "", f"   {OPENSSL}", "", _(PUBLIC), "", *told.public.splitlines())
    yield from ("", f"== {_(WHERE)} ==", "", _(DATA_REDACTED if told.redacted else DATA), "")
    words = words_for(told.workspace)
    for first in sorted({name.partition("/")[0] for name in told.files}):
        yield f"  {first}: {_(words[first])}" if first in words else f"  {first}"
    yield from (
        "",
        _(INVENTORY).format(file=inventory_name(told.plan)),
        _(LEDGER),
        _(TAGS),
        *([] if told.redacted else [_(GO_ON)]),
    )
    yield from ("", f"== {_(LEFT_OUT)} ==", "")
    yield from (f"  {one.name}: {one.why(_)}" for one in told.left_out)
    if not told.left_out:
        yield _(NOTHING)
