"""What a text is that nobody typed into a form: mails, pages, tables, shortcuts, judged by how it begins."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from selfaudit.files.kinds import CIPHER, MAIL, PAGE, SHORTCUT, TABLE, FileKind

_LOOKED_AT = 20_000
"""The characters of a text that are looked at."""
_OURS = re.compile(r"^\W*(?:selfaudit|passport|format)\s*[:：]", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(r"\s*<[!?A-Za-z][^<>]*>")
_SHORTCUT = re.compile(r"\[(?:InternetShortcut|Desktop Entry)[\].]|\{[^{}]*\"(?:doc_id|resource_key)\"[^{}]*\}\s*$")
_CIPHER = re.compile(r"-----BEGIN (?:PGP|PKCS ?7|CMS|ENCRYPTED)")

_HEADER = re.compile(r"(?P<name>[A-Za-z][\w-]*|[\u4e00-\u9fff]{2,4})\s?[:：][ \t]?.*(?:\n[ \t]+.*)*")
_MAIL_HEADERS = frozenset({
    "received", "return-path", "delivered-to", "mime-version", "message-id", "from", "to", "cc", "bcc", "sent",
    "subject", "date", "reply-to", "sender", "in-reply-to", "references", "authentication-results", "importance",
    "发件人", "收件人", "发送时间", "抄送", "主题", "寄件者", "收件者",
})  # fmt: skip
_MAIL_PREFIXES = ("x-", "arc-", "dkim-", "domainkey-", "list-", "content-", "received-", "resent-", "thread-")
_MAIL_ONLY = re.compile(r"(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+): ", re.IGNORECASE)
_MAILBOX = re.compile(r"From \S+ .*\d\d:\d\d.*\n(?=[A-Za-z][\w-]*:)")
_BEFORE_A_MAIL = re.compile(r"\d+[ \t]*\n|-{2,}[^\n]*-{2,}[ \t]*\n")
"""What a program writes before the headers: the length of the mail, or that it was forwarded."""
_ENOUGH_HEADERS = 2
"""Headers of mail at the head of a text that make it one; a form has none of these names."""

_NO_ROW = re.compile(r"^(?:#.*|sep=.)\n", re.IGNORECASE | re.MULTILINE)
_YAML = re.compile(r"\A\s*[{\[%]|^\s*(?:- |[\w.\"']+\s?: ?[\[{&|>])", re.MULTILINE)
"""A title or a line that only programs read; and lines of YAML, which are no rows."""
_SEPARATORS = ",\t;"
_COLUMNS, _SURE_COLUMNS = 3, 2
"""Columns that a table in a text has at least; fewer are enough where no prose has the separator."""
_ROWS, _MOST_ROWS = 8, 0.75
"""The rows that are looked at, and the share of them that has the same number of columns."""


def kind_of_text(text: str) -> FileKind | None:
    """Return what a text is that nobody typed; None for one that may have been."""
    head = text[:_LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n \t")
    if _PAGE.match(head):
        return PAGE
    if _SHORTCUT.match(head):
        return SHORTCUT
    if _CIPHER.match(head):
        return CIPHER
    if _is_mail(head):
        return MAIL
    return TABLE if not _OURS.search(head) and _is_table(head) else None


def _is_mail(head: str) -> bool:
    """Recognise a mail or a mailbox by its first headers, in whatever order they are."""
    if before := _BEFORE_A_MAIL.match(head):
        head = head[before.end() :].lstrip()
    if _MAIL_ONLY.match(head) or _MAILBOX.match(head):
        return True
    found, at = set[str](), 0
    while header := _HEADER.match(head, at):
        name = header["name"].lower()
        if name in _MAIL_HEADERS or name.startswith(_MAIL_PREFIXES):
            found.add(name)
        at = header.end() + 1
    return len(found) >= _ENOUGH_HEADERS


def _is_table(head: str) -> bool:
    """Recognise rows of which nearly all have the same number of columns."""
    head = _NO_ROW.sub("", head)
    if _YAML.search(head):
        return False
    return any(_has_columns(head, separator) for separator in _SEPARATORS if separator in head)


def _has_columns(head: str, separator: str) -> bool:
    try:
        rows = [len(row) for row in islice(csv.reader(io.StringIO(head), delimiter=separator), _ROWS) if row]
    except csv.Error:
        return False
    columns, times = Counter(rows).most_common(1)[0] if rows else (0, 0)
    least = _SURE_COLUMNS if separator == "\t" or head.startswith('"') else _COLUMNS
    return times > 1 and columns >= least and times >= _MOST_ROWS * len(rows)
