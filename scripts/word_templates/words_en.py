"""The English texts of the templates."""

from scripts.word_templates import words_en_data

WORDS = words_en_data.WORDS | {
    # table headings and labels
    "name": "Name",
    "unit": "Unit",
    "unit_name": "Unit",
    "of_unit": "Unit",
    "filled_by": "Filled in by",
    "roles": "Roles",
    "passport": "Passport",
    "state": "State",
    "filled_on": "Filled in on",
    "received": "Received on",
    "due": "Due on",
    "body": "Body",
    "campaign": "Campaign",
    "ordered_by": "Ordered by",
    "notice": "{{ campaign.notice_issuer }}{% if campaign.notice %}, {{ campaign.notice }}{% endif %}",
    "what": "What",
    "number": "Number",
    "own_number": "Staff no.",
    "member": "Name",
    "reviewer": "Reviewer",
    "files_given": "Files",
    "files_back": "Returned",
    "files_complete": "Complete",
    "posts": "Posts",
    "problems": "Findings",
    "item": "Item",
    "ask": "Question",
    "answer": "Answer",
    "asked_before": "Question as answered",
    "finding_id": "Finding",
    "file": "File",
    "hash": "SHA-256 (first 12)",
    "note": "Note",
    "people_said": "Its people answered",
    "part_of": "{{ row.title }}: ",
    "id": "Finding",
    "fact": "Fact",
    "severity": "Severity",
    "disposition": "Handling",
    "reporter": "Reported by",
    "class": "Class",
    "action": "Handling",
    "post": "Post",
    "members": "Held by",
    "duty": "Duty",
    "phase": "Phase",
    "period": "Dates",
    "from_to": "{{ row.start }}{% if row.end != row.start %} to\n{{ row.end }}{% endif %}",
    "who": "Who",
    "outputs": "Outputs",
    "milestone": "Milestone",
    "on": "On",
    "on_done": "{{ row.on }}{% if row.done %}\ndone {{ row.done }}{% endif %}",
    "role": "Role",
    "n_issued": "Issued",
    "reminder": "Reminder",
    "n_reminded": "Reminded",
    "n_settled": "Answered or completed since",
    "superior": "Escalated to",
    "n_answered": "Answered",
    "n_complete": "Complete",
    "n_missing": "Missing",
    "n_problems": "Findings",
    "area": "Area",
    "conform": "Conform",
    "problem": "Problem",
    "unchecked": "Unchecked",
    "not_applicable": "Not applicable",
    "missing": "Not returned",
    "n_conform": "Conf.",
    "n_problem": "Probl.",
    "n_unchecked": "Unch.",
    "n_not_applicable": "N/A",
    "does": "Does",
    "no": "No.",
    "voice": "Text",
    "said_by": "By",
    "voice_count": "{% if row.count.value > 1 %} (written by {{ row.count }}){% endif %}",
    "voice_who": "{{ row.who }}{% if row.count.value > 1 %} ({{ row.count }} in all){% endif %}",
    "asked": "Asked",
    "overall": "Overall",
    "remark": "Remark",
    "decision": "Decision",
    "by": "By",
    "reason": "Reason",
    "decided_on": "On",
    "decided_about": "About",
    "decided_action": "Decision",
    "decided_from": "Takes effect",
    "decided_notice": "Notice",
    "handled_owner": "Owner",
    "handled_due": "Due",
    "handled_state": "State",
    "handled_corrected": "Corrected",
    "handled_verified": "Verified",
    "handled_closed": "Closed",
    "became": "Became",
    "respondent": "Respondent",
    "finding": "Finding",
    "found": "What was found",
    "done": "What is done",
    "n_handled": "Findings",
    "actions": "How they are handled",
    "signatory": "",
    "signature": "Name and signature",
    "signed_on": "Date",
    # headings
    "overview": "Overview",
    "items": "Answers item by item",
    "findings_person": "Findings",
    "findings_unit": "Findings",
    "corrections": "What is done about them:",
    "handling": "Handling",
    "suggestions": "Suggestions",
    "voices": "Suggestions and clues",
    "declaration": "Declaration",
    "gaps": "This draft still lacks the following and must not be used as the final report:",
    "contents": "Contents",
    "contents_hint": "Press F9 in Word to update the contents",
    "ask_and_basis": "{{ row.title ~ ('\\nBasis: ' ~ row.basis if row.basis else '') }}",
    # texts
    "counts": "Items asked: {{ counts.items }}. Conform: {{ counts.conform }}; problem: {{ counts.problem }}; "
    "not applicable: {{ counts.not_applicable }}; unchecked: {{ counts.unchecked }}"
    "{% if counts.missing.value %}; not returned: {{ counts.missing }}{% endif %}.",
    "coverage": "What was covered:",
    "review_counts": "Reviews of files collected here: {{ review_counts.asked }}. Returned: "
    "{{ review_counts.answered }} (complete: {{ review_counts.complete }}); missing: {{ review_counts.missing }}.",
    "member_counts": "People asked: {{ member_counts.asked }}. Answered: {{ member_counts.answered }} (complete: "
    "{{ member_counts.complete }}); missing: {{ member_counts.missing }}.",
    "person_no_items": "No item was asked of this person.",
    "unit_no_items": "No item was asked of the unit as such.",
    "finding_card": "Finding {{ loop.index }}: item {{ f.item }}{% if f.title %}, {{ f.title }}{% endif %}",
    "findings_total": "Findings of the unit and its people: {{ findings_total }}"
    "{% for one in findings_elsewhere %}, {{ one.title }}: {{ one.value }}{% endfor %}.",
    "elsewhere": "{% for one in row.elsewhere %} (besides, {{ one.title }}: {{ one.value }}){% endfor %}",
    "person_no_findings": "No finding was reported.",
    "unit_no_findings": "No finding of the unit and its people had been received by {{ printed_on }}.",
    "problems_without_findings": "Items answered with “problem”: {{ counts.problem }}. No details were given.",
    "no_handling": "No handling was stated.",
    "nothing_written": "Nothing was written.",
    "not_declared": "The declaration was not accepted when the form was filled in; check every item before signing.",
    "sign_person": "Signature: ______________________    Date: ______________",
    "sign_unit": "Signature of the head: ______________________    Date: ______________",
    "sign_sheet": "{{ who }}: ______________________    Date: ______________",
    "listed": "({{ loop.index }}) TEXT",
    "cut_off": "Cut-off date: {{ campaign.cut_off }}.",
    "issued": "{{ conduct.issued }} forms were issued"
    "{% if conduct.units_asked.value and conduct.people_asked.value %}, {{ conduct.units_asked }} to units and "
    "{{ conduct.people_asked }} to people"
    "{% if conduct.files_asked.value %}, and {{ conduct.files_asked }} about files to review{% endif %}{% endif %}. "
    "{% if conduct.missing.value %}{{ conduct.answered }} came back"
    "{% if conduct.units_answered.value and conduct.people_answered.value %}, {{ conduct.units_answered }} from units "
    "and {{ conduct.people_answered }} from people"
    "{% if conduct.files_answered.value %}, {{ conduct.files_answered }} about files{% endif %}{% endif %}; "
    "{{ conduct.missing }} did "
    "not.{% elif conduct.answered.value %}All of them "
    "came "
    "back.{% endif %}"
    "{% if conduct.answered.value and conduct.incomplete.value %} Of those that came back, {{ conduct.complete }} "
    "{{ 'is' if conduct.complete.value == 1 else 'are' }} complete and {{ conduct.incomplete }} "
    "{{ 'has' if conduct.incomplete.value == 1 else 'have' }} gaps."
    "{% elif conduct.answered.value %} Every form that came back is "
    "complete.{% endif %}",
    "deadline_moved": "The deadline was moved from {{ row.before }} to {{ row.after }} for {{ row.count }} "
    "form{{ '' if row.count.value == 1 else 's' }}"
    "{% if row.used.value %}; {{ row.used }} of them came back after the earlier day{% endif %}.",
    "received_between": "{% if conduct.first_received == conduct.last_received %}They came back on "
    "{{ conduct.first_received }}"
    "{% else %}The first came back on {{ conduct.first_received }}, the last on {{ conduct.last_received }}"
    "{% endif %}; "
    "{% if conduct.late.value %}{{ conduct.late }} came back after the due date{% else %}none came back late"
    "{% endif %}.",
    "inactive": "Forms of respondents who are no longer asked are not counted above: "
    "{% if conduct.inactive.value %}{{ conduct.inactive }} came back, and what they say counts among the answers and "
    "findings{% endif %}{% if conduct.inactive.value and conduct.gone.value %}; {% endif %}"
    "{% if conduct.gone.value %}{{ conduct.gone }} did not come back{% endif %}.",
    "decided": "Decisions about answers and forms, made by name and with a reason: {{ conduct.decisions }}; see "
    "annex {% for a in annexes if a.kind == 'decisions' %}{{ a.number }}{% endfor %}.",
    "waived": "Forms not answered that need not be answered: {{ conduct.waived }}:",
    "waiver": "{{ row.name }}{% if row.unit != row.name %}, {{ row.unit }}{% endif %}: {{ row.reason }}",
    "reminded": "Respondents reminded of a form that was missing or incomplete: {{ conduct.reminders.reminded }}; of "
    "these, answered or completed since: {{ conduct.reminders.settled }}. By reminder:",
    "reminded_again": "Respondents who had been complete and were reminded of what was asked or found open later, such "
    "as reworded questions: {{ conduct.reminders.again }}; of these, complete again: "
    "{{ conduct.reminders.again_settled }}.",
    "escalated": "The forms of these respondents were escalated to their superiors:",
    "by_unit": "By unit:",
    "every_respondent": "Every respondent:",
    "by_role": "By role (somebody in several roles counts in each):",
    "coverage_total": "What the self-audit covered:",
    "by_area": "Answers by area (a respondent counts once for each item):",
    "findings_count": "{{ findings.total }} {{ 'finding was' if findings.total.value == 1 else 'findings were' }} made"
    "{% if findings.severities|length > 1 %} ({% for s in findings.severities %}{{ s.title }}: {{ s.value }}"
    "{% if not loop.last %}; {% endif %}{% endfor %}){% endif %}.",
    "register_figures_told": "The following figures were counted in the body's own registers; the notes below the "
    "table say how:",
    "stated": "Stated",
    "counted": "Registers",
    "compared": "Compared",
    "note_number": "Note",
    "by_area_found": "What was checked and found, area by area:",
    "area_found": "({{ loop.index }}) {{ area.title }}. {% if area.items.value %}Items: {{ area.items }}; checked by "
    "{% if area.units.value %}{{ area.units }} unit{{ '' if area.units.value == 1 else 's' }}{% endif %}"
    "{% if area.units.value and area.people.value %} and {% endif %}"
    "{% if area.people.value %}{{ area.people }} {{ 'person' if area.people.value == 1 else 'people' }}{% endif %}"
    "{% if area.files.value %}{% if area.units.value or area.people.value %}, and {% endif %}{{ area.files }} "
    "{{ 'review' if area.files.value == 1 else 'reviews' }} of files{% endif %}"
    "{% if not (area.units.value or area.people.value or area.files.value) %}nobody so far{% endif %}. {% endif %}"
    "{% if area.count.value %}Findings: {{ area.count }}{% if area.severities|length > 1 %} ("
    "{% for s in area.severities if s.value.value %}{{ s.title }}: {{ s.value }}{% if not loop.last %}; {% endif %}"
    "{% endfor %}){% endif %}, on {% for item in area.by_item %}"
    "{{ item.id }}{% if item.title %} {{ item.title }}{% endif %}"
    "{% if area.by_item|length > 1 %} ({{ item.count }}){% endif %}{% if not loop.last %}, {% endif %}{% endfor %}"
    ".{% elif area.problem.value %}Items answered with “problem”, without details so far: {{ area.problem }}."
    "{% elif area.units.value or area.people.value or area.files.value %}No finding.{% endif %}",
    "findings_list": "Every finding, with all that was said of it, is in annex "
    "{% for a in annexes if a.kind == 'findings' %}{{ a.number }}{% endfor %}.",
    "no_findings": "No finding had been received by {{ as_of }}.",
    "in_full_count": "The following findings are graded {{ findings.in_full_severities }} "
    "({{ findings.in_full_count }} in all):",
    "measures_count": "{% if measures.open.value %}Findings that say what is done: {{ measures.handled }}; "
    "that do not yet say so: {{ measures.open }}{% else %}What is done has been stated for "
    "{% if measures.handled.value == 1 %}the finding{% else %}all {{ measures.handled }} findings{% endif %}"
    "{% endif %}; "
    "see annex {% for a in annexes if a.kind == 'findings' %}{{ a.number }}{% endfor %}.",
    "states_count": "Progress as of {{ as_of }}: {% for s in measures.states %}{{ s.title }} {{ s.value }}"
    "{% if not loop.last %}, {% endif %}{% endfor %}"
    "{% if measures.overdue.value %}; of these overdue: {{ measures.overdue }}{% endif %}. "
    "Who is responsible for each finding, by when, who corrected and who verified it is in annex "
    "{% for a in annexes if a.kind == 'register' %}{{ a.number }}{% endfor %}.",
    "recurrent": "Findings that an earlier campaign had closed and that came back ({{ measures.recurrent }}): "
    "{% for r in measures.recurrent_rows %}{{ r.title }} ({{ r.text }})"
    "{% if not loop.last %}; {% endif %}{% endfor %}.",
    "in_full_done": "What is done about the findings graded {{ findings.in_full_severities }}:",
    "handling_count": "Findings by class of handling (a finding handled in several classes counts in each"
    "{% for a in annexes if a.kind == 'dispositions' %}; for what was approved and the notices see annex "
    "{{ a.number }}{% endfor %}):",
    "how_many_how": "{% for a in row.actions %}{{ a.title }}: {{ a.value }}"
    "{% if not loop.last %}; {% endif %}{% else %}—{% endfor %}",
    "no_measures": "No finding had been received by {{ as_of }}, so there is nothing to correct.",
    "no_suggestions": "No suggestion of this kind was received.",
    "no_clues": "None was received.",
    # signature sheet
    "annex_list": "Annexes:",
    "annex_line": "{{ annex.number }}. {{ annex.title }}{% if not annexes_here %} (in a separate file){% endif %}",
    "annex_heading": "Annex {{ annex.number }}  {{ annex.title }}",
    "annex_title": "{{ title }}: annexes",
    "cover_line": "{{ line.title }}: {{ line.text }}",
    "told_line": "{{ line.title }}: {{ line.text }}",
    "signed_or_blank": "{{ who.on }}",
    "approved_content": "Names and dates are for the content numbered {{ approved }} of this report; any change"
    " to it voids them.",
    "blank_date": "",
    "sign_final": "For {{ body }}",
    "who_answers": "{% if by_unit %}Unit asked{% elif respondent.about %}File reviewed{% else %}Name{% endif %}",
    "paper_about": "{% if respondent.about %}\n{{ respondent.about }}{% endif %}",
    "paper_who": "{{ respondent.name }}{% if not (by_unit or respondent.about) %}, {{ respondent.unit }}{% endif %}",
    "paper_pages": "Page # of #",
    "paper_counts": "Items answered: {{ counts.items }} (conform: {{ counts.conform }}; problem: {{ counts.problem }}; "
    "not applicable: {{ counts.not_applicable }}{% if counts.unchecked.value %}; unchecked: {{ counts.unchecked }}"
    "{% endif %})",
    "paper_coverage": "Covered: {% for row in coverage %}{{ row.title }}: {{ row.value }}"
    "{% if not loop.last %}; {% endif %}{% endfor %}.",
    "paper_findings": "Findings reported: {{ findings|length }}",
    "paper_no_findings": "Findings reported: none",
    "paper_voices": "Suggestions made: {% if suggestions.value %}yes ({{ suggestions }}){% else %}no{% endif %}.",
    "paper_valid": "This sheet is valid only for the exact answers that the code in the header identifies. If the "
    "answers change in any way, it is void, and a new sheet must be printed and signed.",
    "paper_sign": "{% if by_unit %}Signature of the head{% else %}Signature{% endif %}"
    "{% if signer %}\n({{ signer }}){% endif %}",
    "paper_day": "Date",
    "paper_day_line": "",
    "paper_seal": "{{ campaign.seal }}",
    # notices
    "notice_head": "{{ issuer }}",
    "notice_to": "To: {{ addressee }}",
    "notice_attached": "{{ 'Attached: ' if loop.first }}{{ line }}",
    "notice_issuer": "{{ issuer }}",
    "notice_copies": "Copy to: {{ copies }}",
    "notice_printed": "{{ issuer }}\t{{ date }}",
    "notice_target": "{{ target_title }}",
    "notice_party": "{{ party_title }}",
    "notice_action": "Decision",
    "notice_effective": "Takes effect",
    "notice_follow_up": "Until",
    "notice_table": "Table",
    "notice_receipt": "Acknowledgement of receipt",
    "notice_number": "Number",
    "notice_kind": "Notice",
    "notice_issued_by": "From",
    "notice_sent_to": "To",
    "notice_how": "Sent by",
    "notice_ways": "□ hand   □ post   □ e-mail   □ other:",
    "notice_received_by": "Received by",
    "notice_sign": "(signature or stamp)\n\n",
    "notice_received_on": "Received on",
    "notice_remark": "Remarks",
    "notice_return": "Please fill this in and send it back to {{ issuer }}.",
    # documents of kits
    "sheet_requirement": "Requirement",
    "sheet_found": "What was found",
    "sheet_done": "Correction and corrective action",
    "sheet_missing": "Still to be filled in: “{{ missing|join('”, “') }}”.",
    "sheet_closing": "Closing",
    "sheet_step": "Step",
    "sheet_steps": "for step in ['Action accepted by the audit programme manager', 'Action completed, by the owner', "
    "'Effect verified by the Quality unit']",
    "paper_return": "Once signed{% if seal %} and sealed{% endif %}, return it to: {{ return_to }}.",
}
