"""What can be wrong with a line of YAML, and what to type instead."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error

TAB = error("yaml.tab", N_("a tab is used to indent"), N_("Replace it with spaces, as in the lines around it."))
WIDE_BLANK = error(
    "yaml.wide-blank",
    N_("a full-width or non-breaking space is used to indent"),
    N_("Replace it with ordinary spaces, as in the lines around it."),
)
INDENT = error(
    "yaml.indent",
    N_("{found} space(s) at the beginning of the line, where {expected} are needed"),
    N_("Indent it by exactly {expected} spaces."),
)
WIDE_COLON = error(
    "yaml.wide-colon", N_("full-width colon after “{key}”"), N_("Type an ordinary colon and a space: {key}: …")
)
NO_BLANK = error("yaml.no-blank", N_("no space after the colon of “{key}”"), N_("Type a space: {key}: {value}"))
NO_BLANK_DASH = error("yaml.no-blank-dash", N_("no space after the dash"), N_("Type a space: - {value}"))
ODD_DASH = error("yaml.odd-dash", N_("“{char}” does not begin an entry"), N_("Type a hyphen and a space: - {value}"))
SPECIAL = error(
    "yaml.special-start", N_("text cannot start with {char}"), N_("Put it in quotation marks: {key}: {quoted}")
)
CUT = error(
    "yaml.cut-by-hash",
    N_("everything from # on would be lost: “{lost}”"),
    N_("Put the text in quotation marks: {key}: {quoted}"),
)
CUT_BELOW = error(
    "yaml.cut-below",
    N_("everything from # on would be lost: “{lost}”"),
    N_("Type a full-width ＃ instead, or put the whole text in quotation marks, on one line."),
)
COLON_BELOW = error(
    "yaml.colon-below",
    N_("text that contains a colon followed by a space must be in quotation marks"),
    N_("Type a full-width ： instead, or put the whole text in quotation marks, on one line."),
)
COLON_INSIDE = error(
    "yaml.colon-inside",
    N_("text that contains a colon followed by a space must be in quotation marks"),
    N_("Write {key}: {quoted}"),
)
AFTER_QUOTE = error(
    "yaml.after-quote", N_("there is text after the closing quotation mark"), N_("Write {key}: {quoted}")
)
AFTER_BRACKET = error(
    "yaml.after-bracket",
    N_("text that starts with a bracket must be in quotation marks"),
    N_("Write {key}: {quoted}"),
)
WIDE_COMMA = error(
    "yaml.wide-comma",
    N_("a full-width comma does not separate the entries of a list"),
    N_("Type ordinary commas: {list}; or, if it is one text: {key}: {quoted}"),
)
WIDE_COMMA_INSIDE = error(
    "yaml.wide-comma-inside",
    N_("a full-width comma does not separate the entries of a list"),
    N_("Type ordinary commas: {list}"),
)
CUT_BY_COMMA = error(
    "yaml.cut-by-comma",
    N_("a comma cuts this text; from here on it would be lost: “{lost}”"),
    N_("Put the text in quotation marks: {key}: {quoted}"),
)
NO_COLON_INSIDE = error(
    "yaml.no-colon-inside",
    N_("no colon after “{key}”"),
    N_("If it belongs to a text, put the whole text in quotation marks; otherwise type a colon and a space after it."),
)
NO_COLON = error("yaml.no-colon", N_("no colon after “{key}”"), N_("Type a colon and a space: {key}: {value}"))
STRAY = error(
    "yaml.stray-line",
    N_("the line “{text}” does not belong to any name"),
    N_("Write it after the name it belongs to, on the same line; a comment begins with #."),
)
QUOTE_OPEN = error(
    "yaml.quote-open", N_("a quotation mark is opened and not closed on this line"), N_("Write {key}: {quoted}")
)
BRACKET_OPEN = error(
    "yaml.bracket-open",
    N_("a bracket is opened and never closed"),
    N_("Close it; or, if it is a text: {key}: {quoted}"),
)
BACKSLASH = error(
    "yaml.backslash",
    N_("a single backslash inside quotation marks changes the text"),
    N_("Type it twice: {key}: {quoted}"),
)
REFERENCE = error(
    "yaml.reference", N_("anchors, aliases and tags (&name *name !tag) are not read"), N_("Write the text itself.")
)
MORE = error(
    "yaml.more",
    N_("{count} more mistakes of these kinds, the last on line {last}"),
    N_("Fix them the same way; your editor's “replace all” helps."),
)
