"""Pages for a browser: complete in themselves; nothing is loaded from anywhere, and no script runs but a page's own."""

from collections.abc import Callable
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
    return page_maker(package, language)(name, **values)


def page_maker(package: str, language: str, through: Callable[[str], str] | None = None) -> Callable[..., str]:
    """Return what makes pages from the name of a template and values; every text passes ``through`` that, if given."""
    environment = _environment(package)
    if through:
        environment = environment.overlay(finalize=lambda value: through(value) if type(value) is str else value)
    words = {"_": translator(language), "lang": language.replace("_", "-")}
    return lambda name, **values: environment.get_template(name).render(**words, **values)


@lru_cache
def _environment(package: str) -> "SandboxedEnvironment":
    from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 - only commands that write pages need it
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - as above

    def source(name: str) -> str:
        return files("selfaudit.base" if name == HEAD else package).joinpath(name).read_text(encoding="utf-8")

    return SandboxedEnvironment(
        loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
