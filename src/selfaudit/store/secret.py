"""The secret of a campaign, from which the respondents' part of every passport is made.

Whoever has one form knows how everything else in a passport is made; without the secret they could work out a
colleague's and answer for them. It is in the ledger and in a file, so that the loss of one of them loses no passport.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.files.atomic import write_private
from selfaudit.files.listing import listed
from selfaudit.model.passport import respondent_code, secret_code
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import respondents

LOST = error(
    "secret.lost",
    N_("received/ has originals, but neither campaign.db nor campaign.secret is there: the passports would be others"),
    N_(
        "Copy both back from a backup, or at least campaign.secret. If there is none, what came in cannot be recognised"
        " again: move received/ and outbox/ away and issue new forms."
    ),
)
ABOUT = "# selfaudit: keep this file with the campaign and show it to nobody; passports are made from it\n"
_META = "secret"
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret in hexadecimal, and the keys of the respondents whose passports were made before there was one."""

    key: str
    before: frozenset[str] = frozenset()

    @classmethod
    def new(cls, before: Iterable[str] = ()) -> Self:
        """Return one that nobody can guess."""
        return cls(secrets.token_hex(32), frozenset(before))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what ``text`` returns; None if it is nothing of the kind."""
        key, *before = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")] or [""]
        return cls(key, frozenset(before)) if _KEY.fullmatch(key) else None

    @property
    def text(self) -> str:
        """The secret, then a line for each of those of before."""
        return "".join(f"{line}\n" for line in (self.key, *sorted(self.before)))

    def code(self, campaign_id: str, respondent: str) -> str:
        """Return the eight characters that stand for a respondent in the passports of a campaign."""
        if respondent in self.before:
            return respondent_code(campaign_id, respondent)
        return secret_code(self.key, campaign_id, respondent)


def put_secret(campaign: Layout, made: Secret) -> None:
    """Write the file, which only its owner may read."""
    write_private(campaign.secret_file, ABOUT + made.text)


def _known(campaign: Layout, ledger: Ledger) -> Secret | None:
    """Return the secret from the ledger, else from the file."""
    if found := Secret.read(ledger.meta(_META)):
        return found
    with suppress(OSError):
        # another user's file may not be read
        return Secret.read(campaign.secret_file.read_text(encoding="utf-8", errors="replace"))
    return None


def codes(campaign: Layout, ledger: Ledger, campaign_id: str) -> Callable[[str], str]:
    """Return what makes the code of a respondent from their key."""
    known = _known(campaign, ledger)
    # a ledger to which nothing was written since there are secrets
    return lambda key: known.code(campaign_id, key) if known else respondent_code(campaign_id, key)


def persons_secret(campaign: Layout, ledger: Ledger, campaign_id: str) -> str:
    """Return that by which the numbers of persons become hashes; for the holder of the lock, as it may be made here."""
    if _known(campaign, ledger) is None:
        settle(campaign, ledger, campaign_id, ())
    known = _known(campaign, ledger)
    return hmac.new((known.key if known else "").encode(), b"numbers of persons", "sha256").hexdigest()


def settle(campaign: Layout, ledger: Ledger, campaign_id: str, keys: Iterable[str]) -> None:
    """See to it that ledger and file both have the secret, before forms go to the respondents with these keys.

    A campaign that began without one gets one for those who have no form yet. For the holder of the lock.
    """
    known = _known(campaign, ledger)
    if known is None:
        before = {*respondents(ledger), *_named(campaign, campaign_id, keys)}
        if not before and any(listed(campaign.received, [])):
            raise UserError(LOST())
        known = Secret.new(before)
    if ledger.meta(_META) != known.text:
        with ledger.change("secret"):
            ledger.put_meta(_META, known.text)
    with suppress(OSError):
        if campaign.secret_file.is_file() and ABOUT + known.text == campaign.secret_file.read_text(encoding="utf-8"):
            return
    put_secret(campaign, known)


def _named(campaign: Layout, campaign_id: str, keys: Iterable[str]) -> list[str]:
    """Return who has a form in the outbox that was made without a secret, if the ledger was lost."""
    names = "\n".join(listed(campaign.outbox, [])) if campaign.outbox.is_dir() else ""
    return [key for key in keys if f"-{respondent_code(campaign_id, key)}-" in names]
