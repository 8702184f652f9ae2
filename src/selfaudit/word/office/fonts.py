"""The fonts with which LibreOffice prints: what stands in for those that documents name, and what has no glyph at all.

Documents name the fonts of the computers on which they are opened, such as 仿宋_GB2312. Where these are not installed,
fontconfig would take any font at all, one without Chinese glyphs first.
"""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from pathlib import Path

_SONG = ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN", "Noto Sans CJK SC")
_HEI = ("FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
_FANG = ("FandolFang R", "FandolFang", *_SONG)
_KAI = ("FandolKai", "LXGW WenKai", "AR PL UKai CN", *_SONG)
_ROMAN = ("Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman")
_ARIAL = ("Liberation Sans", "Arimo", "TeX Gyre Heros", "Nimbus Sans")
STAND_INS = {
    "仿宋_GB2312": ("仿宋", "FangSong", *_FANG),
    "仿宋": ("FangSong", "仿宋_GB2312", *_FANG),
    "楷体_GB2312": ("楷体", "KaiTi", *_KAI),
    "楷体": ("KaiTi", "楷体_GB2312", *_KAI),
    "黑体": ("SimHei", *_HEI),
    "微软雅黑": ("Microsoft YaHei", *_HEI),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", *_SONG),
    "宋体": ("SimSun", *_SONG),
    "Times New Roman": _ROMAN,
    "Arial": _ARIAL,
}
"""What stands in for a font that is not installed, the best one first."""

_FILE = (
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
    '<include ignore_missing="yes">{system}</include>\n{aliases}</fontconfig>\n'
)
_ALIAS = '<alias binding="same"><family>{name}</family><prefer>{prefer}</prefer></alias>\n'
_SYSTEM, _VARIABLE = "/etc/fonts/fonts.conf", "FONTCONFIG_FILE"
_SECONDS = 20
_CHARSETS = "%{charset}\\n"
_PRINTED = re.compile(r"word/(document|styles|header\d*|footer\d*)\.xml")
_TEXT, _EAST_ASIAN = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)"), re.compile(rb'w:eastAsia="([^"]*)"')
_FIRST_IDEOGRAPH = 0x3400
_NEAR = 5
"""Characters before and after one that say where it is."""


def font_environment(folder: Path) -> dict[str, str]:
    """Return the environment in which a program sees the stand-ins; their file is written to a folder."""
    file = folder / "fonts.conf"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # the font itself comes first, wherever it is installed
        aliases = "".join(
            _ALIAS.format(name=name, prefer="".join(f"<family>{escape(one)}</family>" for one in (name, *others)))
            for name, others in STAND_INS.items()
        )
        system = escape(os.environ.get(_VARIABLE, _SYSTEM))
        file.write_text(_FILE.format(system=system, aliases=aliases), encoding="utf-8")
    return {**os.environ, _VARIABLE: str(file)}


@dataclass(frozen=True, slots=True)
class Lacking:
    """Characters of documents that fonts lack, each with a text in which it is, such as a name.

    ``everywhere``: no installed font has them. ``in_chosen``: only another font has them than those that are used.
    """

    everywhere: dict[str, str]
    in_chosen: dict[str, str]


def lacking(documents: Iterable[bytes], folder: Path) -> Lacking:
    """Return what fonts lack for some Word files; nothing where fonts cannot be asked, as on Windows.

    ``folder`` is where the file of ``font_environment`` is.
    """
    where: dict[str, str] = {}
    families: set[str] = set()
    for document in documents:
        for xml in _texts(document):
            families |= {unescape(one.decode()) for one in _EAST_ASIAN.findall(xml)}
            for text in (unescape(one.decode()) for one in _TEXT.findall(xml)):
                where |= {one: _around(text, one) for one in set(text) if one not in where and not one.isspace()}
    unknown = {one for one in where if not one.isascii()}
    environment = font_environment(folder)
    everywhere = unknown - _printable(("fc-list", "--format", _CHARSETS), unknown, environment)
    chosen = {one for one in unknown - everywhere if one.isalpha() and ord(one) >= _FIRST_IDEOGRAPH}
    other = set[str]()
    for family in families & STAND_INS.keys():
        other |= chosen - _printable(("fc-match", "--format", _CHARSETS, family), chosen, environment)
    return Lacking({one: where[one] for one in sorted(everywhere)}, {one: where[one] for one in sorted(other)})


def _texts(document: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(document)) as packed:
        yield from (packed.read(name) for name in packed.namelist() if _PRINTED.fullmatch(name))


def _around(text: str, character: str) -> str:
    """Return the word, such as a name, in which a character is."""
    before, _, after = text.partition(character)
    head, tail = (re.match(r"\w*", part) for part in (before[::-1], after))
    return f"{head[0][:_NEAR][::-1] if head else ''}{character}{tail[0][:_NEAR] if tail else ''}"


def _printable(command: Sequence[str], characters: set[str], environment: Mapping[str, str]) -> set[str]:
    """Return the characters that fonts have, those that a command of fontconfig prints the ranges of.

    All of them where it cannot be asked.
    """
    program = shutil.which(command[0])
    if program is None or not characters:
        return characters
    asked = [program, *command[1:]]
    try:
        done = subprocess.run(asked, capture_output=True, env=environment, timeout=_SECONDS, check=True)  # noqa: S603
        charsets = [list(_ranges(line)) for line in set(done.stdout.decode().splitlines())]
    except (OSError, ValueError, subprocess.SubprocessError):
        return characters
    codes = {first + n for charset in charsets for first, last in charset for n in range(last - first + 1)}
    return {one for one in characters if ord(one) in codes} if codes else characters


def _ranges(charset: str) -> Iterator[tuple[int, int]]:
    for part in charset.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)
