"""Detached Ed25519 signatures: made with a private key, checked with the public one, by OpenSSL as well.

Keys are PEM files (PKCS 8, SubjectPublicKeyInfo), a signature is the 64 bytes over the file that it is for.
"""

from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error

NO_KEY = error(
    "key.none",
    N_("this is no Ed25519 key: {detail}"),
    N_("Name the file that archive keygen wrote: the private key to sign with, the public one (.pub) to verify with."),
)
LOCKED = error(
    "key.locked",
    N_("the key is protected by a pass phrase, and none was given or it is another one"),
    N_("Put it into the environment variable SELFAUDIT_PASSPHRASE, or run the command on a terminal."),
)
PublicKey = Ed25519PublicKey
_LARGEST = 100_000
_LARGEST_SIGNATURE = 1_000


def new_key(passphrase: str) -> tuple[str, str]:
    """Return a new private key and its public one; an empty pass phrase protects the private one by nothing."""
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    return private.decode(), _public(key)


class Signer:
    """A private key that is open."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """Read the key from its file; the pass phrase is empty if there is none."""
        data = _read(path)
        try:
            key = load_pem_private_key(data, passphrase.encode() or None)
        except TypeError as exc:
            # it has a pass phrase and none was given, or the other way round
            if not passphrase:
                raise UserError(LOCKED(Where(path.name))) from exc
            key = load_pem_private_key(data, None)
        except (ValueError, UnsupportedAlgorithm) as exc:
            locked = b"ENCRYPTED" in data
            raise UserError(LOCKED(Where(path.name)) if locked else NO_KEY(Where(path.name), detail=exc)) from exc
        if not isinstance(key, Ed25519PrivateKey):
            raise UserError(NO_KEY(Where(path.name), detail=type(key).__name__))
        self._key = key

    @property
    def public(self) -> str:
        """The public key as the text of its file."""
        return _public(self._key)

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes."""
        return self._key.sign(data)


def public_key(public: Path) -> PublicKey:
    """Read a public key from its file; a private one is refused."""
    try:
        key = load_pem_public_key(_read(public))
    except (ValueError, UnsupportedAlgorithm) as exc:
        raise UserError(NO_KEY(Where(public.name), detail=exc)) from exc
    if not isinstance(key, Ed25519PublicKey):
        raise UserError(NO_KEY(Where(public.name), detail=type(key).__name__))
    return key


def is_signed(data: bytes, signature: Path, key: PublicKey) -> bool:
    """Return whether a file holds the signature of some bytes by a key."""
    try:
        with signature.open("rb") as stream:
            key.verify(stream.read(_LARGEST_SIGNATURE), data)
    except InvalidSignature:
        return False
    return True


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_LARGEST)
