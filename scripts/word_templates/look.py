"""What differs between the looks of the templates: page, fonts, sizes, numbering. Lengths are in twips (1/20 pt)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of a page."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True, slots=True)
class Fonts:
    """The latin and the East Asian font of one use."""

    latin: str
    asian: str


@dataclass(frozen=True, slots=True)
class Look:
    """A look: sizes in half-points, line pitches and lengths in twips."""

    language: str
    tag: str
    portrait: Margins
    landscape: Margins
    footer: int
    body: Fonts
    title: Fonts
    headings: tuple[Fonts, Fonts, Fonts]
    heading_sizes: tuple[int, int, int]
    bold_headings: bool
    table_head: Fonts
    page_number: Fonts
    size: int
    title_size: int
    table_size: int
    page_number_size: int
    line: str
    table_line: str
    contents_line: str
    spacing: int
    first_line: str
    justify: str
    paragraph_after: int
    levels: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    level_end: str
    mirrored: bool
    page_text: tuple[str, str]
    own_styles: dict[str, str]


A4 = (11906, 16838)

_FANGSONG = Fonts("Times New Roman", "仿宋_GB2312")
_HEI = Fonts("Times New Roman", "黑体")

ZH = Look(
    language="zh_CN",
    tag="zh-CN",
    portrait=Margins(top=2098, right=1474, bottom=1984, left=1588),
    landscape=Margins(top=1588, right=1984, bottom=1474, left=1984),
    footer=1247,
    body=_FANGSONG,
    title=Fonts("Times New Roman", "方正小标宋简体"),
    headings=(_HEI, Fonts("Times New Roman", "楷体_GB2312"), _FANGSONG),
    heading_sizes=(32, 32, 32),
    bold_headings=False,
    table_head=_HEI,
    page_number=Fonts("宋体", "宋体"),
    size=32,
    title_size=44,
    table_size=21,
    page_number_size=28,
    line='w:line="579" w:lineRule="exact"',
    table_line='w:line="320" w:lineRule="exact"',
    contents_line='w:line="410" w:lineRule="exact"',
    spacing=-5,
    first_line='<w:ind w:firstLineChars="200" w:firstLine="640"/>',
    justify="both",
    paragraph_after=0,
    levels=(("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")),
    level_end="nothing",
    mirrored=True,
    page_text=("— ", " —"),
    own_styles={
        "TableText": "表格文字",
        "TableHead": "表头",
        "TableNumber": "表格数字",
        "CoverText": "封面文字",
        "AnnexHeading": "附件标题",
        "NoticeText": "提示文字",
        "TableGap": "表格间隔",
        "SignatureBlock": "签字栏",
    },
)

_SANS = Fonts("Calibri", "Calibri")

EN = Look(
    language="en",
    tag="en-GB",
    portrait=Margins(top=1361, right=1247, bottom=1361, left=1418),
    landscape=Margins(top=1247, right=1134, bottom=1134, left=1134),
    footer=680,
    body=_SANS,
    title=_SANS,
    headings=(_SANS, _SANS, _SANS),
    heading_sizes=(30, 25, 22),
    bold_headings=True,
    table_head=_SANS,
    page_number=_SANS,
    size=22,
    title_size=44,
    table_size=19,
    page_number_size=18,
    line='w:line="271" w:lineRule="auto"',
    table_line='w:line="245" w:lineRule="auto"',
    contents_line='w:line="245" w:lineRule="auto"',
    spacing=0,
    first_line='<w:ind w:firstLine="0"/>',
    justify="left",
    paragraph_after=120,
    levels=(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")),
    level_end="tab",
    mirrored=False,
    page_text=("Page ", ""),
    own_styles={
        "TableText": "Table Text",
        "TableHead": "Table Head",
        "TableNumber": "Table Number",
        "CoverText": "Cover Text",
        "AnnexHeading": "Annex Heading",
        "NoticeText": "Notice Text",
        "TableGap": "Table Gap",
        "SignatureBlock": "Signature Block",
    },
)
