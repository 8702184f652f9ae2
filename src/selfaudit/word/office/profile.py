"""The settings with which LibreOffice runs for us: nothing is loaded from elsewhere, and nothing in a document runs."""

from pathlib import Path

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
_NOWHERE, _MANUAL, _VERY_HIGH = "127.0.0.1", "2", "3"
_DISCARD = "9"
"""A port on which nobody listens."""
SETTINGS = (
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", _VERY_HIGH),
    (_INTERNET, "ooInetProxyType", _MANUAL),
    (_INTERNET, "ooInetNoProxy", ""),
    (_INTERNET, "ooInetHTTPProxyName", _NOWHERE),
    (_INTERNET, "ooInetHTTPProxyPort", _DISCARD),
    (_INTERNET, "ooInetHTTPSProxyName", _NOWHERE),
    (_INTERNET, "ooInetHTTPSProxyPort", _DISCARD),
)
"""Links of a document are not followed; whoever would still go to the network is sent to a proxy that is not there."""

_FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{}</oor:items>\n'
)
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'


def make_profile(folder: Path) -> str:
    """Make a profile of its own in a folder, unless it is there; return the option with which LibreOffice uses it."""
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_FILE.format("".join(_ITEM.format(*setting) for setting in SETTINGS)), encoding="utf-8")
    return f"-env:UserInstallation={folder.as_uri()}"
