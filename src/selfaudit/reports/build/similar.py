"""Build the annex of look-alikes: which case files repeat each other, with the passages of those most alike."""

from collections.abc import Callable, Iterable, Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.model.casefiles.compared import Compared, Side, Span, span
from selfaudit.model.casefiles.found import Pair
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.reports.build.sheet import sheet
from selfaudit.reports.context.findings import LookalikeRow, Lookalikes, RingRow
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Block, Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.setting import Setting
from selfaudit.reports.similar import Alike, in_common, method, share, told_records, whose_template
from selfaudit.reports.wording import unbroken
from selfaudit.word.values import Figure

TITLE = N_("Look-alikes among case files")
PAIR = (N_("Two records"), N_("Organisations and periods"), N_("In common"), N_("Extent"), N_("What was decided"))
"""What is said of each pair."""
LISTED = 200
"""Pairs that are listed, those most alike."""
PAIRS = 10
"""Pairs whose passages are printed, those most alike."""
PASSAGES = 5
"""Passages of each that are printed, the longest."""
LONGEST = 1000
"""Characters of a passage that are printed."""
_OPEN, _CLOSE = "【", "】"
"""What changed stands between these."""


def lookalikes(request: Request) -> Sheet:
    """Return all that is alike, what holds of it, and what could not be compared."""
    setting = request.setting
    it = setting.alike
    if it is None:
        return sheet(setting, setting.wording.tr(TITLE), (), ())
    return sheet(setting, setting.wording.tr(TITLE), _facts(it, setting), _blocks(it, setting))


def _facts(it: Alike, setting: Setting) -> Iterator[TitledText]:
    tr, wording = setting.wording.tr, setting.wording
    yield TitledText(tr(N_("Records compared")), f"{len(it.made.compared):,}")
    found = tr(N_("pairs: {pairs}; rings: {rings}")).format(
        pairs=len(it.made.found.pairs), rings=len(it.made.found.rings)
    )
    yield TitledText(tr(N_("Found")), found)
    if it.made.left:
        yield TitledText(tr(N_("Not compared")), f"{len(it.made.left):,}")
    if it.made.found.one_audit:
        text = tr(N_("alike but not counted, as both files are of one audit: {n} pairs"))
        yield TitledText(tr(N_("Left out")), text.format(n=it.made.found.one_audit))
    if it.made.found.few:
        yield TitledText(tr(N_("Too few records to recognise template text")), wording.join(it.made.found.few))
    yield TitledText(tr(N_("How it was found")), method(it.made.settings, wording))


def _blocks(it: Alike, setting: Setting) -> Iterator[Block]:
    tr = setting.wording.tr
    titles = map(tr, (N_("No."), *PAIR))
    ranked = it.made.found.ranked
    rows = (_pair(pair, it, setting) for pair in ranked[:LISTED])
    pairs = tuple(
        cells(str(n), one.records, one.whose, one.common, one.shares, one.decided) for n, one in enumerate(rows, 1)
    )
    more = tr(N_("The {n} most alike of {all} pairs.")).format(n=LISTED, all=len(ranked)) if ranked[LISTED:] else ""
    yield block(tr(N_("Pairs")), more, tuple(titles), pairs)
    titles_of_rings = (N_("Source"), N_("Records"), N_("Organisations"), N_("Members"))
    rings = tuple(cells(one.source, one.count, one.organisations, one.members) for one in _rings(it))
    yield block(tr(N_("Rings")), "", tuple(map(tr, titles_of_rings)), rings)
    numbers = {(pair.a, pair.b): n for n, pair in enumerate(ranked, 1)}
    for shown in it.shown[:PAIRS]:
        yield _passages(numbers.get((shown.pair.a, shown.pair.b), 0), shown, setting)
    for learned in it.made.found.learned:
        told = whose_template(learned, setting.wording)
        quoted = _shown(learned.text, setting)[:LONGEST]
        yield block(tr(N_("Taken for template text, but in no blank form")), f"{told}\n{quoted}")
    left = tuple(cells(one.id, one.why) for one in it.made.not_compared)
    yield block(tr(N_("Not compared")), "", (tr(N_("File")), tr(N_("Reason"))), left)


def lookalike_rows(setting: Setting) -> tuple[LookalikeRow, ...]:
    """Return the pairs for the final report, the most alike first; none if nothing was compared or found."""
    it = setting.alike
    return tuple(_pair(pair, it, setting) for pair in it.made.found.ranked) if it else ()


def lookalikes_told(setting: Setting) -> Lookalikes | None:
    """Return how far case files were compared and what was found, None if none were."""
    it = setting.alike
    if it is None:
        return None
    tr, found, wording = setting.wording.tr, it.made.found, setting.wording

    def count(name: str, title: str, sources: Iterable[str]) -> Figure:
        there = tuple(sources)
        return Figure(f"lookalikes.{name}", len(there), tr(title), there)

    def named(pairs: Iterable[Pair]) -> Iterator[str]:
        return (f"{pair.a} – {pair.b}" for pair in pairs)

    return Lookalikes(
        method=method(it.made.settings, wording),
        compared=count("compared", N_("case files compared"), (one.id for one in it.made.compared)),
        left=count("left", N_("case files not compared"), (one.id for one in it.made.left)),
        pairs=count("pairs", N_("pairs of case files that are alike"), named(found.ranked)),
        decided=count("decided", N_("of these pairs decided on"), named(it.decided)),
        rings=count("rings", N_("rings of case files"), (one.source for one in found.rings)),
        in_rings=tuple(_rings(it)),
    )


def _pair(pair: Pair, it: Alike, setting: Setting) -> LookalikeRow:
    both, judged = it.made.both(pair), it.judged(pair)
    shares = setting.wording.tr(N_("{a} of the first\n{b} of the second\nlongest passage: {n} characters"))
    return LookalikeRow(
        records=f"{pair.a}\n{pair.b}",
        whose="\n".join(map(_whose, both)),
        common="\n".join(in_common(*both, setting.wording)),
        shares=shares.format(a=share(pair.of_a), b=share(pair.of_b), n=pair.longest),
        decided="\n".join(filter(None, (judged.state, setting.text(judged.told)))),
    )


def _whose(record: CaseRecord) -> str:
    return unbroken(" ".join(filter(None, (record.case, record.organisation, record.period)))) or "—"


def _rings(it: Alike) -> Iterator[RingRow]:
    """Yield the rings, the largest first."""
    for ring in it.made.found.ranked_rings:
        records = [it.made.record_of[id_] for id_ in (ring.source, *ring.members) if id_ in it.made.record_of]
        organisations = {one.organisation for one in records if one.organisation}
        yield RingRow(ring.source, str(len(ring.members) + 1), str(len(organisations) or "—"), "\n".join(ring.members))


def _passages(number: int, it: Compared, setting: Setting) -> Block:
    tr = setting.wording.tr
    longest = sorted(range(len(it.passages)), key=lambda n: -it.passages[n].length_a)[:PASSAGES]
    titles = (N_("No."), N_("Length"), N_("Where"), N_("In the first"), N_("In the second"))
    title = tr(N_("Passages of pair {n}")).format(n=number)
    intro = tr(N_("{a} and {b}: {n} passages, of which the {shown} longest are shown; 【 】 marks what was changed."))
    told = intro.format(a=it.pair.a, b=it.pair.b, n=len(it.passages), shown=len(longest))
    return block(
        title,
        told,
        tuple(map(tr, titles)),
        tuple(_passage(*each, it, setting) for each in enumerate(sorted(longest), 1)),
    )


def _passage(number: int, n: int, it: Compared, setting: Setting) -> object:
    passage, tr = it.passages[n], setting.wording.tr
    length = tr(N_("{n} characters")).format(n=passage.length_a)
    texts = [
        _marked(
            _shown(it.side(side).text, setting), span(passage, side), [span(slot, side) for slot in it.inside[n]], tr
        )
        for side in Side
    ]
    places = dict.fromkeys(it.side(side).place(span(passage, side)[0]) for side in Side)
    where = "\n".join(filter(None, places))
    told = "\n".join(filter(None, (length, told_records(passage.records, setting.wording))))
    return cells(str(number), told, where, *texts)


def _shown(text: str, setting: Setting) -> str:
    """Return a text of a case file; masks leave everything in its place."""
    return mask(text) if setting.masked else text


def _marked(text: str, whole: Span, changed: list[Span], tr: Callable[[str], str]) -> str:
    """Return a passage with brackets around what changed; if it is long, with how much is left out."""
    start, end = whole
    last = min(end, start + LONGEST)
    parts, at = [], start
    for first, until in changed:
        if first < until <= last:
            parts.append(f"{text[at:first]}{_OPEN}{text[first:until]}{_CLOSE}")
            at = until
    left = tr(N_("… ({n} more characters)")).format(n=f"{end - last:,}") if last < end else ""
    return unbroken("".join((*parts, text[at:last])).strip()) + left


DOCUMENT = Document(
    name="lookalikes",
    word=N_("body"),
    audience="body",
    context=Sheet,
    build=lookalikes,
    ending=TITLE,
    like="list",
    of_answers=False,
)
