"""``archive keygen``: a pair of keys to sign archives with."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.problems import UserError
from selfaudit.files.atomic import write_private, write_text
from selfaudit.files.bags.signing import new_key
from selfaudit.workflow.archive.create import EXISTS


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The files of a private and a public key, and the text of the public one."""

    private: Path
    public: Path
    text: str


def keygen(path: Path, passphrase: str) -> KeyPair:
    """Write a new private key, which only its owner may read, and its public key beside it; replaces no file."""
    public = path.with_name(f"{path.name}.pub")
    if there := next((one for one in (path, public) if one.exists()), None):
        raise UserError(EXISTS(path=there))
    private, text = new_key(passphrase)
    write_private(path, private)
    write_text(public, text)
    return KeyPair(path, public, text)
