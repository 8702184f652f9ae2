"""The English texts of what the final report says of the body's data and files."""

WORDS = {
    "checked_told": "Data checks run on the body's own registers: {{ findings.checked.ran }}. They judged "
    "{{ findings.checked.judged }} rows and gave {{ findings.checked.signals }} signals. "
    "{% if findings.checked.not_run.value %}Another {{ findings.checked.not_run }} could not run, for want of data or "
    "the like; that does not mean that nothing is wrong. {% endif %}"
    "A signal is a question to a person, not a verdict. What came of them:",
    "checks_ran": "Checks run",
    "checks_not_run": "Checks not run",
    "checks_judged": "Rows judged",
    "checks_signals": "Signals",
    "checks_confirmed": "Confirmed",
    "checks_explained": "Explained",
    "checks_excepted": "Excepted",
    "checks_undecided": "Undecided",
    "checked_outdated": "Registers have changed since these checks ran, which must run again: "
    "{{ findings.checked.outdated }}.",
    "contradictions_count": "What was answered and stated was held against the body's own data. "
    "Contradictions: {{ findings.contradictions_count }}"
    "{% if findings.contradictions_open.value %}, of which not settled: {{ findings.contradictions_open }}{% endif %}. "
    "{% if annex_contradictions %}The {{ findings.contradictions|length }} heaviest follow; an annex has all of them:"
    "{% else %}The heaviest come first:{% endif %}",
    "unsupported_count": "The following answers “conform” ({{ findings.unsupported_count }} in all) are not supported "
    "by data, because the data checks that concern them did not run, or in part only:",
    "lookalikes_told": "The audit records in case files were compared, every one with every other: "
    "{{ findings.lookalikes.compared }}. {% if findings.lookalikes.left.value %}Another "
    "{{ findings.lookalikes.left }} could not be compared; that does not mean that they repeat no other. {% endif %}"
    "{% if findings.lookalikes.pairs.value %}Pairs that are alike: {{ findings.lookalikes.pairs }}"
    "{% if findings.lookalikes.rings.value %}, rings of three and more: {{ findings.lookalikes.rings }}{% endif %}; "
    "pairs decided on by a person: {{ findings.lookalikes.decided }}. Annex "
    "{% for annex in annexes if annex.kind == 'lookalikes' %}{{ annex.number }}{% endfor %} lists them. "
    "A pair is a question to a person, not a verdict.{% else %}No two are alike.{% endif %}",
    "rings_told": "Three and more that are alike, as rings:",
    "ring_source": "Shares most with the others",
    "ring_count": "Records",
    "ring_organisations": "Organisations",
    "ring_members": "The others",
    "two_records": "Two case files",
    "whose_records": "Organisations and periods",
    "in_common": "In common",
    "shares": "Extent",
    "spot_check": "Spot check",
    "case_file": "Case file",
    "excluded": "Why, and who",
    "not_known": "Independence not verified for want of",
    "who_says": "Who says what",
    "data_say": "What the data say",
    "threshold": "Contradiction from: {{ row.threshold }}",
    "verdict": "Verdict",
    "checks": "Data checks",
    "not_run_why": "Why they did not run",
    "review_kind": "Files",
    "review_drawn": "Drawn",
    "review_shows": "What this shows",
    "review_by_criterion": "Files with a problem by criterion, of those to which it applies:",
    "review_criterion": "Criterion",
    "review_counted": "Only counted",
    "review_projected": "Drawn at random",
    "unsupported_places": "Items (in brackets: how many answered “conform”)",
}
