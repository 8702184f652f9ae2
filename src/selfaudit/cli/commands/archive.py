"""``archive``: the campaign as one package to be kept; checked, and restored."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.base.problems import errors
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, Output
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, Family, find_campaign, verb

PASSPHRASE = "SELFAUDIT_PASSPHRASE"  # noqa: S105 - the name of the variable that has it
File = Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The archive: the zip, or its unpacked folder."))]
Expect = Annotated[
    str,
    typer.Option(
        metavar=_("HASH"),
        help=_("SHA-256 of the zip or, but for a redacted copy, hash of the journal, as noted elsewhere."),
    ),
]
PublicKey = Annotated[Path | None, typer.Option(metavar=_("FILE"), help=_("The public key of who signed the zip."))]


@verb
def create(
    output: Output = None,
    sign: Annotated[
        Path | None, typer.Option(metavar=_("FILE"), help=_("Sign it with this private key (see keygen)."))
    ] = None,
    redact: Annotated[
        bool,
        typer.Option(
            "--redact",
            help=_("A copy for others: no originals and scans, and no names that the program knows. Read it through."),
        ),
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Create an archive of the whole campaign, sealed with its SHA-256."""
    from selfaudit.files.bags.sealing import seal_of, signature_of
    from selfaudit.workflow.archive.create import Wanted
    from selfaudit.workflow.archive.create import create as run

    workspace = find_campaign(campaign)
    wanted = Wanted(output, sign, _passphrase() if sign else "", redact)
    with Terminal() as listener:
        done = run(workspace, wanted, listener)
    # it was written, whatever is wrong with what is in it
    code = TO_ACT_ON if done.problems else DONE
    if as_json:
        show.data(done.as_data())
        return code
    show.problems(done.problems)
    text = _("Wrote {path}: {files} files of the campaign, {left_out} left out (see README.txt in it).")
    show.line(text.format(path=workspace.shown(done.path), files=done.files, left_out=len(done.left_out)))
    show.line(_("SHA-256 {hash}, also in {file}").format(hash=done.sha256, file=seal_of(done.path).name))
    show.line(_("Its journal has {rows} rows and ends with {hash}").format(rows=done.head.seq, hash=done.head.hash))
    show.line(_("Keep these two lines elsewhere: they prove that the archive was not made again later."))
    if redact:
        show.line(_("The names that the program knows were taken out. Left out:"))
        for one in done.left_out:
            show.line(f"  {one.name}: {one.why(_)}")
        show.line(
            _("Read through it before you hand it on: free texts may name others, whom the program does not know.")
        )
    else:
        show.line(_("It contains personal data and campaign.secret: keep it where nobody else can read it."))
    if done.public:
        show.line(_("Signed: {file}. The public key:").format(file=signature_of(done.path).name))
        _lines(done.public)
    if unsound := len(errors(done.problems)):
        text = _("Not in order, here and so in the archive: {count}, named above. Mend that, then make it again.")
        show.line(text.format(count=unsound))
    show.line(_("Next: selfaudit archive verify {path}").format(path=done.path))
    return code


@verb
def verify(file: File, expect: Expect = "", key: PublicKey = None, as_json: Json = False) -> int:
    """Check an archive without its campaign, and name what is not as it was made."""
    from selfaudit.workflow.archive.verify import Question
    from selfaudit.workflow.archive.verify import verify as run

    done = run(file, Question(expect, key))
    if as_json:
        show.data(done.as_data())
        return INPUT if errors(done.problems) else DONE
    show.problems(done.problems)
    show.line(_("{sentence}.").format(sentence=show.count_problems(done.problems)))
    if done.sha256:
        show.line(_("SHA-256 {hash}").format(hash=done.sha256))
    if not done.redacted:
        show.line(_("Its journal has {rows} rows and ends with {hash}").format(rows=done.head.seq, hash=done.head.hash))
    else:
        show.line(_("It is a copy without personal data: it has no ledger that could be checked."))
    if done.signed:
        show.line(_("It was signed with this key."))
    if not errors(done.problems):
        show.line(_("The archive is as it was made: {files} files.").format(files=done.files))
    return INPUT if errors(done.problems) else DONE


@verb
def restore(
    file: File,
    folder: Annotated[
        Path | None, typer.Argument(metavar=_("DIR"), help=_("The new folder (default: named as the zip is)."))
    ] = None,
    expect: Expect = "",
    key: PublicKey = None,
) -> int:
    """Check an archive and make a campaign of it that goes on where it stopped."""
    from selfaudit.workflow.archive.restore import restore as run
    from selfaudit.workflow.archive.verify import Question

    done = run(file, folder, Question(expect, key))
    show.problems(done.verified.problems)
    show.line(_("Wrote {path}: {files} files.").format(path=done.folder, files=done.verified.files))
    show.line(_("Next: selfaudit status --campaign {path}").format(path=done.folder))
    return DONE


@verb
def keygen(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The private key to write."))],
) -> int:
    """Create a pair of keys to sign archives with (Ed25519)."""
    from selfaudit.workflow.archive.keys import keygen as run

    done = run(file, _passphrase(new=True))
    show.line(_("Wrote {path}: keep it to yourself, and a copy of it elsewhere.").format(path=done.private))
    show.line(_("Wrote {path}: give it to whoever is to check your archives:").format(path=done.public))
    _lines(done.text)
    show.line(_("Next: selfaudit archive create --sign {path}").format(path=done.private))
    return DONE


def _lines(text: str) -> None:
    for one in text.splitlines():
        show.line(one)


def _passphrase(*, new: bool = False) -> str:
    """Return the pass phrase of a key from the environment, else ask for it where somebody can answer."""
    given = os.environ.get(PASSPHRASE)
    if given is not None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return given or ""
    text = _("Pass phrase for the key (empty: none)")
    return str(typer.prompt(text, default="", hide_input=True, show_default=False, confirmation_prompt=new, err=True))


COMMAND = Family(
    _("The whole campaign as one package to be kept: create, check, restore."),
    {"create": create, "verify": verify, "restore": restore, "keygen": keygen},
)
