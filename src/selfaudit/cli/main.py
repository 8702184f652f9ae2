"""Entry point: settles language and streams before anything is said, then runs the command."""

import gc
import os
import sys

from selfaudit.base.i18n import LANGUAGE_VARIABLE, LANGUAGES, _, detect_language, match_language, set_console_language


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    args = list(sys.argv[1:] if argv is None else argv)
    _settle_streams()
    _settle_language(args)
    # what is loaded stays to the end: looking through it for garbage is a good part of the start-up time
    gc.disable()
    from selfaudit.cli.app import run
    from selfaudit.cli.signals import end_in_order

    end_in_order()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(args))


def _settle_language(args: list[str]) -> None:
    chosen = detect_language()
    for n, arg in enumerate(args):
        if arg == "--lang" and n + 1 < len(args):
            chosen = detect_language({LANGUAGE_VARIABLE: args[n + 1]})
        elif arg.startswith("--lang="):
            chosen = detect_language({LANGUAGE_VARIABLE: arg.removeprefix("--lang=")})
    set_console_language(chosen)
    if (asked := os.environ.get(LANGUAGE_VARIABLE)) and not match_language(asked):
        text = _("{name}={value} is no language that there is; known: {known}.")
        told = text.format(name=LANGUAGE_VARIABLE, value=asked, known=", ".join(LANGUAGES))
        sys.stderr.write(f"{told}\n")


def _settle_streams() -> None:
    """Let no character of a name fail on a console that does not know it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
