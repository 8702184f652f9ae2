"""Mails as drafts: any name and address makes a mail that can be read back."""

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.progress.reminder import Addressee
from selfaudit.workflow.remind.mail import draft, mail_address

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
addresses = st.from_regex(re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+"), fullmatch=True) | st.emails()


def read(data: bytes) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


@settings(deadline=None)
@given(name=names, address=addresses, subject=names, text=names)
def test_whatever_the_roster_says_the_mail_can_be_read_and_goes_nowhere_else(
    name: str, address: str, subject: str, text: str
) -> None:
    to = Addressee("person:P1", name, address)
    message = read(draft(to, subject, text))
    assert set(message.keys()) <= {
        "X-Unsent", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    known = [entry.addr_spec for entry in message["To"].addresses] if message["To"] else []
    assert known == ([address] if mail_address(to) else [])


@pytest.mark.parametrize("address", ["", "王@example.com", "a..b@example.com", '"a@example.com', "a@b@c", "0@["])
def test_an_address_that_a_mail_cannot_carry_is_left_out(address: str) -> None:
    to = Addressee("person:P1", "王五", address)
    assert mail_address(to) is None
    assert read(draft(to, "s", "t"))["To"] is None


def test_the_same_mail_has_the_same_bytes(tmp_path: Path) -> None:
    form = tmp_path / "填报表_王五.yaml"
    form.write_bytes(b"answer:\r\n")
    to = Addressee("person:P1", "王五", "wu@example.com")
    made = [draft(to, "题", "文", [form]) for _ in range(2)]
    assert made[0] == made[1]
    (part,) = read(made[0]).iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("填报表_王五.yaml", b"answer:\r\n")
