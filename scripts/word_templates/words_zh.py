"""The Chinese texts of the templates."""

from scripts.word_templates import words_zh_data

WORDS = words_zh_data.WORDS | {
    # table headings and labels
    "name": "姓名",
    "unit": "所在部门",
    "unit_name": "填报单位",
    "of_unit": "单位",
    "filled_by": "填报人",
    "roles": "填报角色",
    "passport": "表单标识",
    "state": "填报状态",
    "filled_on": "填报时间",
    "received": "收回时间",
    "due": "填报期限",
    "body": "机构名称",
    "campaign": "自查行动",
    "ordered_by": "部署文件",
    "notice": "{{ campaign.notice_issuer }}{% if campaign.notice %}　{{ campaign.notice }}{% endif %}",
    "what": "内容",
    "number": "数量",
    "own_number": "工号",
    "member": "姓名",
    "reviewer": "复核人",
    "files_given": "案卷",
    "files_back": "已交回",
    "files_complete": "完整",
    "posts": "岗位",
    "problems": "问题数",
    "item": "自查项",
    "ask": "自查内容",
    "answer": "结论",
    "asked_before": "答复时的问题",
    "finding_id": "问题",
    "file": "文件",
    "hash": "SHA-256（前12位）",
    "note": "说明",
    "people_said": "所属人员结论",
    "part_of": "{{ row.title }}：",
    "id": "问题编号",
    "fact": "问题事实",
    "severity": "严重程度",
    "disposition": "处理意见",
    "reporter": "报告人",
    "class": "类别",
    "action": "处理意见",
    "post": "职务",
    "members": "人员",
    "duty": "职责",
    "phase": "阶段",
    "period": "起止日期",
    "from_to": "{{ row.start }}{% if row.end != row.start %}至\n{{ row.end }}{% endif %}",
    "who": "责任单位（人员）",
    "outputs": "工作成果",
    "milestone": "事项",
    "on": "时间",
    "on_done": "{{ row.on }}{% if row.done %}\n{{ row.done }}完成{% endif %}",
    "role": "填报角色",
    "n_issued": "发放",
    "reminder": "催办",
    "n_reminded": "催办对象",
    "n_settled": "催办后已交回或补齐",
    "superior": "提请对象",
    "n_answered": "收回",
    "n_complete": "完整",
    "n_missing": "未收回",
    "n_problems": "问题数",
    "area": "自查重点",
    "conform": "符合",
    "problem": "发现问题",
    "unchecked": "未查",
    "not_applicable": "不适用",
    "missing": "未收回",
    "n_conform": "符合",
    "n_problem": "问题",
    "n_unchecked": "未查",
    "n_not_applicable": "不适用",
    "does": "承担的处理工作",
    "no": "序号",
    "voice": "内容",
    "said_by": "提出人",
    "voice_count": "{% if row.count.value > 1 %}（{{ row.count }}人提出）{% endif %}",
    "voice_who": "{{ row.who }}{% if row.count.value > 1 %}（共{{ row.count }}份）{% endif %}",
    "asked": "填报角色",
    "overall": "总体结论",
    "remark": "备注",
    "decision": "处理事项",
    "by": "处理人",
    "reason": "理由",
    "decided_on": "处理日期",
    "decided_about": "处理对象",
    "decided_action": "处理",
    "decided_from": "生效日期",
    "decided_notice": "通知书文号",
    "handled_owner": "责任人",
    "handled_due": "整改期限",
    "handled_state": "状态",
    "handled_corrected": "整改完成",
    "handled_verified": "验证",
    "handled_closed": "关闭",
    "became": "认定",
    "respondent": "填报人（单位）",
    "finding": "问题",
    "found": "问题情况",
    "done": "整改情况",
    "n_handled": "涉及问题数",
    "actions": "处理意见",
    "signatory": "签字人",
    "signature": "签字",
    "signed_on": "日期",
    # headings
    "overview": "自查概况",
    "items": "逐项自查结果",
    "findings_person": "发现的问题及整改",
    "findings_unit": "发现的问题及整改",
    "corrections": "整改情况如下：",
    "handling": "处理意见",
    "suggestions": "建议",
    "voices": "建议和线索",
    "declaration": "声明",
    "gaps": "草稿尚缺以下内容，补齐前不得作为正式报告：",
    "contents": "目　录",
    "contents_hint": "在 Word 中按 F9 更新目录",
    "ask_and_basis": "{{ row.title ~ ('\\n依据：' ~ row.basis if row.basis else '') }}",
    # texts
    "counts": "本表应自查{{ counts.items }}项，其中：符合{{ counts.conform }}项，发现问题{{ counts.problem }}项，"
    "不适用{{ counts.not_applicable }}项，未查{{ counts.unchecked }}项"
    "{% if counts.missing.value %}，未收回{{ counts.missing }}项{% endif %}。",
    "coverage": "本次自查覆盖情况如下：",
    "review_counts": "本单位收集的案卷复核应交回{{ review_counts.asked }}份，已交回{{ review_counts.answered }}份"
    "（填写完整{{ review_counts.complete }}份），未交回{{ review_counts.missing }}份。各复核人情况如下：",
    "member_counts": "所属人员应填报{{ member_counts.asked }}人，已填报{{ member_counts.answered }}人（填报完整"
    "{{ member_counts.complete }}人），未填报{{ member_counts.missing }}人。填报情况如下：",
    "person_no_items": "本人没有需要填报的自查项。",
    "unit_no_items": "没有以本单位名义填报的自查项。",
    "finding_card": "问题{{ loop.index }}　自查项{{ f.item }}{% if f.title %}　{{ f.title }}{% endif %}",
    "findings_total": "本单位及所属人员的问题共{{ findings_total }}个"
    "{% for one in findings_elsewhere %}，其中{{ one.title }}{{ one.value }}个{% endfor %}，具体情况如下：",
    "elsewhere": "{% for one in row.elsewhere %}（另由{{ one.title }}{{ one.value }}个）{% endfor %}",
    "person_no_findings": "本人未报告问题。",
    "unit_no_findings": "截至{{ printed_on }}，没有收到本单位及所属人员报告的问题。",
    "problems_without_findings": "有{{ counts.problem }}项的结论为“发现问题”，但没有填写问题的具体情况。",
    "no_handling": "没有填写处理意见。",
    "nothing_written": "未填写。",
    "not_declared": "填报时没有确认以上声明，签字前应逐项核对。",
    "sign_person": "本人签字：＿＿＿＿＿＿　　日期：＿＿＿年＿＿月＿＿日",
    "sign_unit": "负责人签字：＿＿＿＿＿　　日期：＿＿＿年＿＿月＿＿日",
    "sign_sheet": "{{ who }}签字：＿＿＿＿＿　日期：＿＿＿年＿月＿日",
    "listed": "（{{ loop.index }}）TEXT",
    "cut_off": "本次自查以{{ campaign.cut_off }}为截止日。",
    "issued": "本次自查共发放填报表{{ conduct.issued }}份"
    "{% if conduct.units_asked.value and conduct.people_asked.value %}，其中单位{{ conduct.units_asked }}份，"
    "人员{{ conduct.people_asked }}份"
    "{% if conduct.files_asked.value %}，抽查复核{{ conduct.files_asked }}份{% endif %}{% endif %}。"
    "{% if conduct.missing.value %}收回{{ conduct.answered }}份"
    "{% if conduct.units_answered.value and conduct.people_answered.value %}（单位{{ conduct.units_answered }}份，"
    "人员{{ conduct.people_answered }}份"
    "{% if conduct.files_answered.value %}，抽查复核{{ conduct.files_answered }}份{% endif %}）{% endif %}，"
    "未收回{{ conduct.missing }}份。"
    "{% elif conduct.answered.value %}填报表已全部收回。"
    "{% endif %}"
    "{% if conduct.answered.value and conduct.incomplete.value %}收回的填报表中，填报完整的{{ conduct.complete }}份，"
    "有缺项的{{ conduct.incomplete }}份。{% elif conduct.answered.value %}收回的填报表均填报完整。{% endif %}",
    "deadline_moved": "填报期限由{{ row.before }}{{ '延长至' if row.later else '提前至' }}{{ row.after }}，"
    "涉及填报表{{ row.count }}份{% if row.used.value %}，其中{{ row.used }}份在原期限之后收回{% endif %}。",
    "received_between": "{% if conduct.first_received == conduct.last_received %}"
    "第一份填报表于{{ conduct.first_received }}收回，最后一份同日收回，"
    "{% else %}第一份填报表于{{ conduct.first_received }}收回，最后一份于{{ conduct.last_received }}收回，{% endif %}"
    "{% if conduct.late.value %}其中超过填报期限收回的{{ conduct.late }}份{% else %}均在填报期限内{% endif %}。",
    "inactive": "另有填报表发放后，填报人（单位）不再列为填报对象，不计入以上数字："
    "{% if conduct.inactive.value %}已收回{{ conduct.inactive }}份，其填报内容仍计入自查结论和发现的问题"
    "{% endif %}{% if conduct.inactive.value and conduct.gone.value %}；{% endif %}"
    "{% if conduct.gone.value %}未收回{{ conduct.gone }}份{% endif %}。",
    "decided": "自查过程中，经办人员对填报情况作出人工处理{{ conduct.decisions }}项，处理人、日期和理由逐项列入"
    "附件{% for a in annexes if a.kind == 'decisions' %}{{ a.number }}{% endfor %}。",
    "waived": "未交回的填报表中，有{{ conduct.waived }}份经决定免予填报：",
    "waiver": "{{ row.name }}{% if row.unit != row.name %}（{{ row.unit }}）{% endif %}：{{ row.reason }}",
    "reminded": "对未按时交回或填写不完整的填报人（单位），共催办{{ conduct.reminders.reminded }}名（个），"
    "催办后已交回或补齐{{ conduct.reminders.settled }}名（个）。各次催办情况如下：",
    "reminded_again": "有{{ conduct.reminders.again }}名（个）填报人（单位）此前已填报完整，因问题修改、增加等原因"
    "需要补充填报，另行提醒，其中已补充{{ conduct.reminders.again_settled }}名（个）。",
    "escalated": "曾就下列填报人（单位）的填报情况提请其上级负责人督促：",
    "by_unit": "各单位填报情况如下：",
    "every_respondent": "各填报人（单位）的填报情况如下：",
    "by_role": "各填报角色填报情况如下（一人（单位）兼任几个角色的，分别计入）：",
    "coverage_total": "本次自查覆盖情况如下：",
    "by_area": "各自查重点的填报结论如下（每名填报人对每个自查项计一次）：",
    "findings_count": "本次自查共发现问题{{ findings.total }}个{% if findings.severities|length > 1 %}，其中："
    "{% for s in findings.severities %}{{ s.title }}{{ s.value }}个{% if not loop.last %}，{% endif %}{% endfor %}"
    "{% endif %}。",
    "register_figures_told": "下列数字由本机构台账计算得出，与填报的数字并列，计算口径见表后的注：",
    "stated": "填报数",
    "counted": "台账数",
    "compared": "核对情况",
    "note_number": "注",
    "by_area_found": "各自查重点的自查和发现问题情况如下：",
    "area_found": "（{{ loop.index }}）{{ area.title }}：{% if area.items.value %}自查项{{ area.items }}项，"
    "{% if area.units.value %}{{ area.units }}个单位{% endif %}"
    "{% if area.units.value and area.people.value %}、{% endif %}"
    "{% if area.people.value %}{{ area.people }}人{% endif %}"
    "{% if area.units.value or area.people.value %}作出回答，{% endif %}"
    "{% if area.files.value %}抽查复核{{ area.files }}份次，{% endif %}"
    "{% if not (area.units.value or area.people.value or area.files.value) %}尚无人自查。{% endif %}{% endif %}"
    "{% if area.count.value %}发现问题{{ area.count }}个{% if area.severities|length > 1 %}（"
    "{% for s in area.severities if s.value.value %}{{ s.title }}{{ s.value }}个{% if not loop.last %}、{% endif %}"
    "{% endfor %}）{% endif %}，涉及{% for item in area.by_item %}{{ item.id }}"
    "{% if item.title %}“{{ item.title }}”{% endif %}{% if area.by_item|length > 1 %}{{ item.count }}个{% endif %}"
    "{% if not loop.last %}、{% endif %}{% endfor %}。"
    "{% elif area.problem.value %}{{ area.problem }}项结论为“发现问题”，尚未填写问题情况。"
    "{% elif area.units.value or area.people.value or area.files.value %}未发现问题。{% endif %}",
    "findings_list": "每个问题的具体情况见附件{% for a in annexes if a.kind == 'findings' %}"
    "{{ a.number }}{% endfor %}。",
    "no_findings": "截至{{ as_of }}，没有收到问题报告。",
    "in_full_count": "上述问题中，{{ findings.in_full_severities }}问题{{ findings.in_full_count }}个，逐一说明如下：",
    "measures_count": "{% if measures.open.value %}所报告的问题中，已提出整改措施的{{ measures.handled }}个，"
    "尚未提出的{{ measures.open }}个{% else %}所报告的{{ measures.handled }}个问题均已提出整改措施{% endif %}；"
    "逐项情况见附件{% for a in annexes if a.kind == 'findings' %}{{ a.number }}{% endfor %}。",
    "states_count": "截至{{ as_of }}，按整改进展统计：{% for s in measures.states %}{{ s.title }}{{ s.value }}个"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
    "{% if measures.overdue.value %}；其中逾期未完成整改的{{ measures.overdue }}个{% endif %}。"
    "每个问题的责任人、期限、整改和验证情况见附件{% for a in annexes if a.kind == 'register' %}"
    "{{ a.number }}{% endfor %}。",
    "recurrent": "其中{{ measures.recurrent }}个问题在上一次自查中已经关闭，本次再次出现："
    "{% for r in measures.recurrent_rows %}{{ r.title }}（{{ r.text }}）"
    "{% if not loop.last %}；{% endif %}{% endfor %}。",
    "in_full_done": "{{ findings.in_full_severities }}问题的整改情况如下：",
    "handling_count": "按处理对象统计，问题的处理情况如下（一个问题涉及几类处理的，分别计入"
    "{% for a in annexes if a.kind == 'dispositions' %}；已批准的各项处理和通知书见附件{{ a.number }}{% endfor %}）：",
    "how_many_how": "{% for a in row.actions %}{{ a.title }}{{ a.value }}个"
    "{% if not loop.last %}、{% endif %}{% else %}—{% endfor %}",
    "no_measures": "截至{{ as_of }}，没有需要整改的问题。",
    "no_suggestions": "没有收到此类建议。",
    "no_clues": "没有收到此类线索。",
    # signature sheet
    "annex_list": "附件：",
    "annex_line": "{{ annex.number }}. {{ annex.title }}{% if not annexes_here %}（另册）{% endif %}",
    "annex_heading": "附件{{ annex.number }}　{{ annex.title }}",
    "annex_title": "{{ title }}附件",
    "cover_line": "{{ line.title }}：{{ line.text }}",
    "told_line": "{{ line.title }}：{{ line.text }}",
    "signed_or_blank": "{% if who.on %}{{ who.on }}{% else %}　　年　　月　　日{% endif %}",
    "approved_content": "以上姓名、日期系对编号{{ approved }}的报告内容登记；报告内容改动后须重新编制、审核、批准。",
    "blank_date": "　　年　　月　　日",
    "sign_final": "{{ body }}{% if seal %}{{ campaign.seal }}{% endif %}",
    "who_answers": "{% if by_unit %}填报单位{% elif respondent.about %}复核案卷{% else %}姓名{% endif %}",
    "paper_about": "{% if respondent.about %}\n{{ respondent.about }}{% endif %}",
    "paper_who": "{{ respondent.name }}{% if not (by_unit or respondent.about) %}（{{ respondent.unit }}）{% endif %}",
    "paper_pages": "第#页，共#页",
    "paper_counts": "自查结论（共{{ counts.items }}项）：符合{{ counts.conform }}项，发现问题{{ counts.problem }}项，"
    "不适用{{ counts.not_applicable }}项{% if counts.unchecked.value %}，未查{{ counts.unchecked }}项{% endif %}",
    "paper_coverage": "覆盖情况：{% for row in coverage %}{{ row.title }}{{ row.value }}"
    "{% if not loop.last %}；{% endif %}{% endfor %}。",
    "paper_findings": "报告的问题（共{{ findings|length }}个）",
    "paper_no_findings": "报告的问题：无",
    "paper_voices": "提出建议：{% if suggestions.value %}有（{{ suggestions }}条）{% else %}无{% endif %}。",
    "paper_valid": "本签字表只对页眉标识（由填报内容算出）所对应的填报内容有效；此后填报内容有任何更改的，本表作废，"
    "应当重新打印、重新签字。",
    "paper_sign": "{% if by_unit %}负责人签字{% else %}本人签字{% endif %}{% if signer %}\n（{{ signer }}）{% endif %}",
    "paper_day": "日期",
    "paper_day_line": "　　年　　月　　日",
    "paper_seal": "{{ campaign.seal }}",
    # notices
    "notice_head": "{{ issuer }}文件",
    "notice_to": "{{ addressee }}：",
    "notice_attached": "{{ '附件：' if loop.first else '　　　' }}{% if attachments|length > 1 %}{{ loop.index }}. "
    "{% endif %}{{ line }}",
    "notice_issuer": "{{ issuer }}",
    "notice_copies": "抄送：{{ copies }}。",
    "notice_printed": "{{ issuer }}\t{{ date }}印发",
    "notice_target": "{{ target_title }}",
    "notice_party": "{{ party_title }}",
    "notice_action": "处理",
    "notice_effective": "生效日期",
    "notice_follow_up": "期限",
    "notice_table": "附表",
    "notice_receipt": "送达回执",
    "notice_number": "文号",
    "notice_kind": "名称",
    "notice_issued_by": "发出单位",
    "notice_sent_to": "收件单位",
    "notice_how": "送达方式",
    "notice_ways": "□直接送达　□邮寄　□电子邮件　□其他：",
    "notice_received_by": "收件人",
    "notice_sign": "（签字或者盖章）\n\n",
    "notice_received_on": "收件日期",
    "notice_remark": "备注",
    "notice_return": "请收到后填写本回执，寄回{{ issuer }}。",
    # documents of kits
    "letter_to": "{{ campaign.notice_issuer }}：",
    "letter_why": "根据{{ legal_basis|join('、') }}的要求，我机构组织开展了自查，以{{ campaign.cut_off }}为截止日。"
    "现将自查整改报告{% if first_page.number %}（{{ first_page.number }}）{% endif %}随函报送，主要情况如下。",
    "letter_what": "本次自查共发放填报表{{ conduct.issued }}份，收回{{ conduct.answered }}份；报告问题"
    "{{ findings.total }}个{% if findings.total.value %}{% if findings.severities|length > 1 %}，其中"
    "{% for s in findings.severities if s.value.value %}{{ s.title }}{{ s.value }}个"
    "{% if not loop.last %}、{% endif %}{% endfor %}{% endif %}{% if measures.asked %}；"
    "{% if measures.open.value %}已提出整改措施的{{ measures.handled }}个，尚未提出的{{ measures.open }}个"
    "{% else %}均已提出整改措施{% endif %}{% endif %}{% endif %}。",
    "letter_truth": "我机构对报送内容的真实性、完整性负责。",
    "letter_enclosed": "附件：自查整改报告（含附件{{ annexes|length }}份）",
    "letter_contact": "联系人和联系电话",
    "paper_return": "签字{% if seal %}、盖章{% endif %}后交回：{{ return_to }}。",
}
