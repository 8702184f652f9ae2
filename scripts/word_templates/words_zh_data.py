"""The Chinese texts of what the final report says of the body's data and files."""

WORDS = {
    "checked_told": "本次自查用本机构台账执行数据核查{{ findings.checked.ran }}项，"
    "核查数据{{ findings.checked.judged }}行，提示疑点{{ findings.checked.signals }}个"
    "{% if findings.checked.not_run.value %}；另有{{ findings.checked.not_run }}项因数据不足等原因未能执行，"
    "不能视为没有问题{% endif %}。疑点是须由人核实的问题，不是结论。核实情况如下：",
    "checks_ran": "已执行核查",
    "checks_not_run": "未执行核查",
    "checks_judged": "核查行数",
    "checks_signals": "疑点",
    "checks_confirmed": "确认属实",
    "checks_explained": "已作说明",
    "checks_excepted": "例外情形",
    "checks_undecided": "尚未认定",
    "checked_outdated": "下列核查执行之后，所用台账又有变化，结果以重新执行的为准：{{ findings.checked.outdated }}。",
    "contradictions_count": "将填报的结论和数字与本机构台账核对，有矛盾的共"
    "{{ findings.contradictions_count }}项{% if findings.contradictions_open.value %}，"
    "其中{{ findings.contradictions_open }}项尚未认定{% endif %}。"
    "{% if annex_contradictions %}最重的{{ findings.contradictions|length }}项如下，全部见附件："
    "{% else %}按轻重排列如下：{% endif %}",
    "unsupported_count": "下列“符合”的结论共{{ findings.unsupported_count }}条，"
    "因有关数据核查未执行或者只部分执行，没有得到数据支持：",
    "lookalikes_told": "本次自查将案卷中的审核记录两两比对，比对{{ findings.lookalikes.compared }}份"
    "{% if findings.lookalikes.left.value %}，另有{{ findings.lookalikes.left }}份无法比对，"
    "不能视为没有雷同{% endif %}。"
    "{% if findings.lookalikes.pairs.value %}发现雷同{{ findings.lookalikes.pairs }}对"
    "{% if findings.lookalikes.rings.value %}，三份以上雷同的{{ findings.lookalikes.rings }}组{% endif %}，"
    "其中已经认定{{ findings.lookalikes.decided }}对，"
    "逐对列于附件{% for annex in annexes if annex.kind == 'lookalikes' %}{{ annex.number }}{% endfor %}。"
    "雷同是须由人核实的问题，不是结论。{% else %}没有发现雷同。{% endif %}",
    "rings_told": "三份以上相互雷同的，按组列出：",
    "ring_source": "与其余各份相同最多的一份",
    "ring_count": "份数",
    "ring_organisations": "涉及组织数",
    "ring_members": "其余各份",
    "two_records": "两份案卷",
    "whose_records": "组织与审核时间",
    "in_common": "共同之处",
    "shares": "雷同程度",
    "spot_check": "抽查",
    "case_file": "案卷",
    "excluded": "回避原因及人员",
    "not_known": "因缺少下列内容，独立性未核实",
    "who_says": "填报情况",
    "data_say": "数据情况",
    "threshold": "判定标准：{{ row.threshold }}",
    "verdict": "认定意见",
    "checks": "数据核查",
    "not_run_why": "未执行的原因",
    "review_kind": "类别",
    "review_drawn": "抽取",
    "review_shows": "结果说明",
    "review_by_criterion": "各条目有问题的件数（占适用该条目的件数）：",
    "review_criterion": "复核条目",
    "review_counted": "只计件数的",
    "review_projected": "随机抽取的",
    "unsupported_places": "自查项（括号内为填报“符合”的份数）",
}
