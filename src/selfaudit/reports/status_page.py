"""The status as one self-contained web page: no script, nothing loaded from anywhere."""

from importlib.resources import files

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from selfaudit.base.i18n import _, console_language
from selfaudit.model.paper_status import STATES
from selfaudit.model.status import Status, chased, days_left


def status_page(status: Status) -> str:
    """Return the page, in the language of the console."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("selfaudit.reports").joinpath("status.html").read_text(encoding="utf-8")
    lang = console_language().replace("_", "-")
    told = {"share": _share, "left": days_left, "chased": chased, "states": STATES}
    return environment.from_string(source).render(s=status, _=_, lang=lang, **told)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "0"
