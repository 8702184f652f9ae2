"""The styles, numbering and font table of a template, written as the XML that Word itself would write."""

from scripts.word_templates.look import A4, Fonts, Look

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

# What Word takes when a machine lacks the font of the standard.
SUBSTITUTES = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}


def run(fonts: Fonts, size: int, *, bold: bool = False, colour: str = "") -> str:
    """Return run properties; the size is in half-points."""
    return (
        f'<w:rPr><w:rFonts w:ascii="{fonts.latin}" w:hAnsi="{fonts.latin}" w:eastAsia="{fonts.asian}"'
        f' w:cs="{fonts.latin}"/>'
        + ("<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>')
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def paragraph(spacing: str, indent: str, align: str, *, before: str = "", after: str = "") -> str:
    """Return paragraph properties; ``before`` and ``after`` are what the schema wants around spacing and alignment."""
    return f'<w:pPr>{before}<w:spacing {spacing}/>{indent}<w:jc w:val="{align}"/>{after}</w:pPr>'


def style(key: str, name: str, properties: str, *, following: str = "", rank: int = 1) -> str:
    """Return a paragraph style that shows up in Word's list of recommended styles."""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{following or key}"/><w:uiPriority w:val="{rank}"/><w:qFormat/>{properties}</w:style>'
    )


def styles_xml(look: Look) -> str:
    """Return the styles part."""
    return f"<w:styles {W}>{_defaults(look)}{_basics(look)}{_headings(look)}{_texts(look)}{_contents(look)}</w:styles>"


def _defaults(look: Look) -> str:
    spacing = f'<w:spacing w:val="{look.spacing}"/>' if look.spacing else ""
    fonts = f'w:ascii="{look.body.latin}" w:hAnsi="{look.body.latin}" w:eastAsia="{look.body.asian}"'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts} w:cs="{look.body.latin}"/>{spacing}'
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
        f'<w:lang w:val="{"en-US" if look.mirrored else look.tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _basics(look: Look) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    cells = '<w:tblCellMar><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/></w:tblCellMar>'
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:before="0" w:after="0" {look.line}/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{cells}</w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _headings(look: Look) -> str:
    title = paragraph(
        'w:before="0" w:after="360" w:line="720" w:lineRule="exact"' if look.mirrored else 'w:before="0" w:after="240"',
        '<w:ind w:firstLine="0"/>',
        "center" if look.mirrored else "left",
        before="<w:keepNext/>",
    )
    made = [
        style("Title", "Title", title + run(look.title, look.title_size, bold=look.bold_headings), following="BodyText")
    ]
    for level, fonts in enumerate(look.headings):
        before = f'w:before="{0 if look.mirrored else 320 - 80 * level}" w:after="{0 if look.mirrored else 120}"'
        properties = paragraph(
            f"{before} {look.line}",
            look.first_line
            if look.mirrored
            else f'<w:ind w:left="{480 + 160 * level}" w:hanging="{480 + 160 * level}"/>',
            "left",
            before=f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>',
            after=f'<w:outlineLvl w:val="{level}"/>',
        )
        marks = run(fonts, look.heading_sizes[level], bold=look.bold_headings)
        made.append(
            style(f"Heading{level + 1}", f"heading {level + 1}", properties + marks, following="BodyText", rank=9)
        )
    return "".join(made)


def _texts(look: Look) -> str:
    """Body text, and the styles of a look's own, each with the name that the look gives it."""
    flat = '<w:ind w:firstLine="0"/>'
    table = f'w:before="30" w:after="30" {look.table_line}'
    small = run(look.body, look.table_size)
    after = f'w:before="0" w:after="{look.paragraph_after}" {look.line}'
    own = {
        "TableText": paragraph(table, flat, "left") + small,
        "TableNumber": paragraph(table, flat, "center") + small,
        "TableHead": paragraph(table, flat, "center", before="<w:keepNext/>")
        + run(look.table_head, look.table_size, bold=look.bold_headings),
        "TableGap": paragraph('w:before="0" w:after="0" w:line="160" w:lineRule="exact"', flat, "left")
        + run(look.body, 8),
        "CoverText": paragraph(after, flat, "center" if look.mirrored else "left") + run(look.body, look.size),
        # long names without spaces would tear justified lines apart
        "NoticeText": paragraph(after, look.first_line, "left") + run(look.body, look.size, colour="C00000"),
        "SignatureBlock": paragraph(
            f'w:before="240" w:after="0" {look.line}', look.first_line, "left", before="<w:keepNext/><w:keepLines/>"
        )
        + run(look.body, look.size),
        "AnnexHeading": paragraph(
            f'w:before="0" w:after="160" {look.line}',
            flat,
            "left",
            before="<w:keepNext/>",
            after='<w:outlineLvl w:val="0"/>',
        )
        + run(look.headings[0], look.heading_sizes[0], bold=look.bold_headings),
    }
    body = style("BodyText", "Body Text", paragraph(after, look.first_line, look.justify), rank=0)
    return body + "".join(style(key, look.own_styles[key], made, rank=2) for key, made in own.items())


def _contents(look: Look) -> str:
    width = A4[0] - look.portrait.left - look.portrait.right
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    indents = ('<w:ind w:firstLine="0"/>', '<w:ind w:left="420" w:firstLine="0"/>')
    levels = "".join(
        style(
            f"TOC{n}",
            f"toc {n}",
            paragraph(
                f'w:before="0" w:after="{0 if look.mirrored else 40}" {look.contents_line}', indent, "left", before=tabs
            ),
            rank=39,
        )
        for n, indent in enumerate(indents, start=1)
    )
    head = paragraph(
        f'w:before="0" w:after="240" {look.line}', '<w:ind w:firstLine="0"/>', "center" if look.mirrored else "left"
    )
    head += run(look.headings[0], look.heading_sizes[0], bold=look.bold_headings)
    footer = style("Footer", "footer", paragraph('w:line="240" w:lineRule="auto"', "", "center"), rank=99)
    header = style("Header", "header", paragraph('w:line="240" w:lineRule="auto"', "", "left"), rank=99)
    return levels + style("TOCHeading", "TOC Heading", head, rank=39) + header + footer


def numbering_xml(look: Look) -> str:
    """Return the numbering part: one list of three levels, tied to the heading styles."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:suff w:val="{look.level_end}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n, (form, text) in enumerate(look.levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def font_table_xml(look: Look) -> str:
    """Return the font table, which names what may stand in for a font that is not installed."""
    used = (look.body, look.title, *look.headings, look.table_head, look.page_number)
    names = dict.fromkeys(name for fonts in used for name in (fonts.asian, fonts.latin))
    fonts = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{SUBSTITUTES[name]}"/>' if name in SUBSTITUTES else "")
        + (f'<w:charset w:val="{"00" if name.isascii() else "86"}"/></w:font>')
        for name in names
    )
    return f"<w:fonts {W}>{fonts}</w:fonts>"
