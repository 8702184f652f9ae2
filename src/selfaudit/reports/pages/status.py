"""The status as one self-contained web page: no script, nothing loaded from anywhere."""

from selfaudit.base.i18n import console_language
from selfaudit.base.pages import render_page
from selfaudit.model.paper_status import STATES
from selfaudit.model.status import Status, chased, days_left


def status_page(status: Status) -> str:
    """Return the page, in the language of the console."""
    told = {"share": _share, "left": days_left, "chased": chased, "states": STATES}
    return render_page("selfaudit.reports.pages", "status.html", console_language(), s=status, **told)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "0"
