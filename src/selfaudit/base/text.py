"""Text rules shared by readers and writers: normal form, file names, what a screen shows."""

import re
import shlex
import unicodedata

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# ESC and its kind, what turns the direction of writing, and other ends of a line than LF
_OFF_SCREEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_PICTURES = 0x2400
"""Where Unicode has a picture of each of the first 32 characters."""
_CHINESE_DIGITS = "零一二三四五六七八九"
_MOST_CHINESE = 99
"""Numbers above are written in figures."""
_ARGUMENT = re.compile(r"[\w@%+=:,./-]+")
_BRACKETS = re.compile(r"[\s〔〕\[\]【】(){}〈〉《》]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_UNSAFE_NAME = re.compile(
    r'%(?=25|0[ADad])|[<>:"/\\|?*\u2028\u2029\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]'
)
# names that Windows keeps for itself, and names of what lies beside the folders of units in a campaign
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]"
    r"|papers|reminders|rejected|superseded|scans|unreadable|to-confirm) *(\.|$)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return the canonical form of a free text: NFC, LF line ends, no trailing spaces, no blank lines around it."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    return text.strip()


def narrow(text: str) -> str:
    """Return the text with full-width forms made half-width and surrounding spaces dropped (``３人`` → ``3人``)."""
    return unicodedata.normalize("NFKC", text).strip()


def loose(text: str) -> str:
    """Return a form for comparing what people retype: narrow, no spaces, lower case."""
    return re.sub(r"\s+", "", narrow(text)).casefold()


def retyped(text: str) -> str:
    """Return a form for comparing ids and numbers as people type them: full width, any dash, any brackets or none."""
    return _BRACKETS.sub("", _DASHES.sub("-", narrow(text))).casefold()


def printable(text: str) -> str:
    """Return the text with control characters replaced by U+FFFD, so that any consumer (XML too) can take it."""
    return CONTROL.sub("\ufffd", text)


def on_screen(text: str) -> str:
    """Return the text with pictures of what would steer a terminal or turn the direction of writing."""
    return text if text.isprintable() else _OFF_SCREEN.sub(_picture, text)


def on_one_line(text: str) -> str:
    """Do the same, and keep a name from looking like several lines."""
    return text if text.isprintable() else on_screen(text).replace("\n", "␊").replace("\t", "␉")


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_PICTURES + code) if code < ord(" ") else "\ufffd"


def as_argument(text: str) -> str:
    """Return a text as a person can paste it behind a command, where it is one argument whatever is in it."""
    if _ARGUMENT.fullmatch(text):
        return text
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters; an ellipsis stands for what is left out."""
    return text if len(text) <= most else text[: most - 1] + "…"


def masked(text: str) -> str:
    """Return the number of a person or document as it is shown: its last four characters; none stays none."""
    plain = text.strip()
    return "****" + plain[-4:] if len(plain) > 4 else "****" if plain else ""  # noqa: PLR2004 - see above


def file_name(text: str) -> str:
    """Return a name that is safe on Windows, macOS and Linux and still readable; never empty."""
    name = _UNSAFE_NAME.sub("_", unicodedata.normalize("NFC", text)).strip(" .\u3000\u00a0")
    while len(name.encode()) > 150:  # noqa: PLR2004 - file systems allow 255 bytes; suffixes and passports follow
        name = name[:-1].rstrip(" .\u3000\u00a0")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def chinese_number(number: int) -> str:
    """Return a number as Chinese headings count: 一, 十二, 九十九; above that in figures."""
    if number > _MOST_CHINESE:
        return str(number)
    tens, ones = divmod(number, 10)
    head = (_CHINESE_DIGITS[tens] if tens > 1 else "") + "十" if tens else ""
    return head + (_CHINESE_DIGITS[ones] if ones or not tens else "")
