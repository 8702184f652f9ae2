"""Mails as drafts: files that a mail program opens ready to be sent."""

from collections.abc import Iterable
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

from selfaudit.model.progress.reminder import Addressee
from selfaudit.workflow.remind.gaps import flat


def draft(to: Addressee, subject: str, text: str, enclosed: Iterable[Path] = ()) -> bytes:
    """Return a mail that Outlook and others open as not yet sent; without a known address it names no recipient.

    Sender and date are left to the person who sends it. The same mail always has the same bytes.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if address := mail_address(to):
        message["To"] = address
    message["Subject"] = flat(subject)
    message.set_content(text, cte="base64")
    for path in enclosed:
        data = path.read_bytes()
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=path.name)
    if message.is_multipart():
        message.set_boundary(f"=={sha256(text.encode()).hexdigest()[:32]}==")
    return message.as_bytes()


def mail_address(to: Addressee) -> Address | None:
    """Return the address of a recipient, None where there is none that a mail can carry."""
    try:
        return Address(flat(to.name), addr_spec=to.email) if to.email.isascii() and to.email else None
    except (ValueError, IndexError, AttributeError, MessageError):
        # the parser of addresses stumbles over some that are none
        return None
