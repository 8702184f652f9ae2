"""Names of people and units: one form in which all comparing is done, and names in which characters were lost."""

import re
import unicodedata
from functools import lru_cache

# every middle dot of names such as 阿卜杜拉·买买提, and the signs that people type for it
_DOT = ".\u3002\u00b7\u2022\u2027\u2219\u22c5\u2218\u25cf\u25e6\u2981\u2e31\u2e33\u30fb\u02d9\u119e\u1427\u16eb\ua78f"
_DASH = "\\-\u2010-\u2015\u2212"
# between digits they count: 第1-1组 is not 第11组
_JOINED = re.compile(f"(?<![0-9])[{_DOT}{_DASH}]+|[{_DOT}{_DASH}]+(?![0-9])")
_NOT_SEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
# what a text copied out of a PDF has instead of the characters; NFKC knows the other block of radicals
_RADICALS = str.maketrans(
    "⺠⺩⺫⺬⺼⻁⻄⻅⻆⻇⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲",
    "民王目示肉虎西见角角贝车長镸长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀",
)
# NFKC would make a space and a mark of it
_HIGH_DOT = str.maketrans("\u02d9", "\u00b7")
_LOST = "?\uff1f\u25a1\u25a0\u3013\ufffd\u25af\u25a2\u25fb\u2610*\uff0a\ue000-\uf8ff\U000f0000-\U0010ffff"
"""What stands where a character was lost, or where another computer had one of its own."""
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_LOST_RUN = re.compile(f"[{_LOST}]+")


@lru_cache(1 << 15)
def name_key(name: str) -> str:
    """Return the form in which names are compared: what looks the same, or is only typed otherwise, is the same.

    Width, case, spaces, dots, dashes, radicals for characters and whatever cannot be seen make no difference.
    """
    plain = unicodedata.normalize("NFKC", name.translate(_HIGH_DOT))
    return _JOINED.sub("", _NOT_SEEN.sub("", plain).translate(_RADICALS)).casefold()


def aside_key(name: str) -> str:
    """Return the same without what is in brackets behind a name, such as a branch; it may also be left out."""
    return name_key(_ASIDE.sub("", name)) or name_key(name)


def lost_characters(name: str) -> bool:
    """Return whether a name has a sign where a character was lost."""
    return _LOST_RUN.search(name) is not None


def could_be(written: str, name: str) -> bool:
    """Return whether a name in which characters were lost could be this one; one may have become several signs.

    At least one character must be left, and nothing else may differ. It is a guess to be told, never to be relied on.
    """
    key = name_key(written)
    if not lost_characters(key) or not _LOST_RUN.sub("", key):
        return False
    parts, at = list[str](), 0
    for run in _LOST_RUN.finditer(key):
        parts += (re.escape(key[at : run.start()]), f".{{0,{len(run[0])}}}")
        at = run.end()
    return re.fullmatch("".join([*parts, re.escape(key[at:])]), name_key(name)) is not None
