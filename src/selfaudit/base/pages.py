"""Pages for a browser: complete in themselves, without scripts, and nothing is loaded from anywhere."""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from selfaudit.base.i18n import translator

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

HEAD = "page.html"
"""The template that all others extend."""


def render_page(package: str, name: str, language: str, **values: Any) -> str:
    """Return a page in a language, made from a template that lies beside the code of a package."""
    template = _environment(package).get_template(name)
    return template.render(**values, _=translator(language), lang=language.replace("_", "-"))


@lru_cache
def _environment(package: str) -> "SandboxedEnvironment":
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 - only commands that write pages need it
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - as above

    def source(name: str) -> str:
        return files("selfaudit.base" if name == HEAD else package).joinpath(name).read_text(encoding="utf-8")

    return SandboxedEnvironment(
        loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
