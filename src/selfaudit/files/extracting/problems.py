"""Why a document has no text that could be compared."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, warning

_AS_DOCX = N_("Open it in Word or WPS, save it as .docx, and put that in its place.")
OLD_FORMAT = error("text.old-format", N_("this is {what} in a format that is not read (.{suffix})"), _AS_DOCX)
LOCKED = error("text.locked", N_("it is locked with a password"), N_("Save a copy without a password in its place."))
DAMAGED = error(
    "text.damaged", N_("the file is damaged: {detail}"), N_("Copy it again from where it is kept, or save it anew.")
)
TOO_LARGE = error(
    "text.too-large",
    N_("its text would unpack to more than {limit} MiB"),
    N_("Split it; if nobody wrote so much, do not open it and ask who created it."),
)
FOREIGN = error(
    "text.foreign",
    N_("this is {what}, which has no text"),
    N_("Texts are read from .docx, .xlsx, .pdf, .html, .txt and .md; take anything else away, or look at it yourself."),
)
UNKNOWN = error(
    "text.unknown",
    N_("this is no text in a known encoding, nor any other file that is known here"),
    N_("If company software has encrypted it, have it decrypted. Otherwise look at it yourself."),
)
NO_TEXT = error("text.none", N_("there is no text in it"), N_("If it shows any, it is a picture: look at it yourself."))
SCANNED = error(
    "text.scanned",
    N_("it is a scan: none of its {pages} pages has any text"),
    N_("Put the original document there, or run text recognition over it; until then, compare it by eye."),
)
SCANNED_IN_PART = warning(
    "text.scanned-in-part",
    N_("{scanned} of its {pages} pages have no text, and were not compared"),
    N_("Put the original document there, or compare these pages by eye."),
)
TOO_LONG = error(
    "text.too-long",
    N_("it has {characters} characters, more than {most}"),
    N_("If it is a whole volume of records, split it into single ones."),
)
