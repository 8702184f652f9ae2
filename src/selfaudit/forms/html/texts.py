"""Everything the HTML form says to its reader, by the names that the scripts of the page use."""

from collections.abc import Callable

from selfaudit.base.i18n import N_
from selfaudit.forms.yaml import AGAIN, AGAIN_MARK, REQUIRED_FILES

_HEAD = {
    "form": N_("Self-audit form"),
    "unit": N_("Department or branch"),
    "respondent": N_("Respondent"),
    "due": N_("Return by"),
    "passport": N_("Passport"),
    "return_to": N_("Send to"),
    "day": N_("{year}-{month}-{day}"),
    "skip": N_("Skip to the questions"),
    "contents": N_("Contents"),
    "progress": N_("{done} of {all} answered"),
    "progress_label": N_("Progress"),
    "intro": N_(
        "Answer each item from what you checked yourself; leave what nobody checked at “{unchecked}”. Describe each"
        " problem under “{findings}”. When you have finished, save the form as a file and send that file back."
    ),
    "issued_again": AGAIN,
    "to_answer": AGAIN_MARK,
    "noscript": N_(
        "This form needs a browser that runs JavaScript. Open the file with another browser, or ask for the form as an"
        " Excel file."
    ),
    "viewer": N_(
        "This viewer cannot save what you fill in. Tap “…” at the top right and choose “open in browser”; on a phone"
        " the Excel form is easier."
    ),
}
_ITEMS = {
    "item_due": N_("by {day}"),
    "more": N_("How to check, and what to show"),
    "how": N_("How to check"),
    "evidence": N_("Evidence"),
    "legal_basis": N_("Legal basis"),
    "answer": N_("Answer"),
    "answer_to": N_("Answer to {place}"),
    "note": N_("Explanation"),
    "note_reason": N_("Why it does not apply (required)"),
    "unread_answer": N_("“{value}” is not an answer. Choose one; until then it is sent as written."),
    "register": N_("Describe the problem"),
    "register_for": N_("Describe the problem for {place}"),
    "registered": N_("Described in:"),
    "required": N_("required"),
    "too_long": N_("{count} characters too many (at most {most}). Shorten the text."),
}
_FINDINGS = {
    "findings": N_("Problems found"),
    "findings_help": N_("One entry for each problem. Leave this empty if you found none."),
    "no_findings": N_("No problems entered yet."),
    "add_finding": N_("Add a problem"),
    "finding": N_("Problem {number}"),
    "choose": N_("Please choose"),
    "usual": N_("Usual:"),
    "of_item": N_("Of the item:"),
    "semicolon": N_("; "),
    "remove": N_("Remove"),
    "remove_finding": N_("Remove problem {number}"),
    "remove_sure": N_("Remove this problem with everything in it?"),
    "cancel": N_("Cancel"),
}
_CORRECTIONS = {
    "corrections": N_("Findings to correct"),
    "corrections_form": N_("Form for corrections"),
    "corrections_intro": N_(
        "You are responsible for the findings below. Say of each what is done about it; what you leave empty stays as"
        " it is in the register. When you have finished, save the form as a file and send that file back."
    ),
    "corrections_help": N_("First stands what was reported; fill in what is below it."),
    "corrections_open": N_("Incomplete problems"),
    "corrections_lacks": N_("Problem {number}: {field}"),
}
_CONFIRMATIONS = {
    "confirmations": N_("Files reviewed"),
    "confirmations_form": N_("Form for confirmations"),
    "confirmations_intro": N_(
        "You read the files below first; somebody else has reviewed them. Say of each whether you agree with what the"
        " review found, and if you do not, why. When you have finished, save the form as a file and send that file"
        " back."
    ),
    "confirmations_help": N_("First stands what the review found; fill in what is below it."),
    "confirmations_open": N_("Files of which something is missing"),
    "confirmations_lacks": N_("File {number}: {field}"),
}
_FILES = {
    "evidence_files": N_("Evidence files"),
    "files_on_problem": REQUIRED_FILES["on_problem"],
    "files_always": REQUIRED_FILES["always"],
    "add_files": N_("Add files"),
    "add_files_to": N_("Add files to {place}"),
    "take_photo": N_("Take a photo"),
    "remove_file": N_("Remove {name}"),
    "choose_again": N_("Choose this file again; the browser keeps its name only."),
    "files_again": N_(
        "The browser keeps the names of the files that you added, not the files. Choose them again where it says so, or"
        " load the zip that you saved."
    ),
    "file_empty": N_("{name} is empty."),
    "file_large": N_("{name} has more than {most} MiB; a larger file is not taken."),
    "files_large": N_("With {name} all files would have more than {most} MiB, which chat and mail do not send."),
    "files_many": N_("At most {most} files can be added in one place."),
    "file_unreadable": N_("{name} cannot be read ({reason})."),
}
_REST = {
    "coverage": N_("Coverage of the self-audit"),
    "coverage_help": N_("Whole numbers in digits; 0 if there are none."),
    "suggestions": N_("Suggestions"),
    "suggestions_help": N_("May be left empty."),
    "clues_help": N_("Leave it empty if there are none."),
    "declaration": N_("Declaration"),
    "agree": N_("I have read this declaration and accept it"),
    "filled_by": N_("Filled in by"),
    "filled_on": N_("Date"),
    "time": N_("Time"),
    "time_help": N_("Written when you save, if the date is today's: it tells which of two versions is newer."),
    "stamped": N_("Filled in on: {moment}. If you save and send the form again, this shows which version is newer."),
    "today": N_("Today"),
    "now": N_("Now"),
    "send": N_("Save and send back"),
    "send_help": N_("You can save at any time, even if parts are missing; they will be listed."),
    "save": N_("Save the response"),
    "check": N_("What is missing?"),
    "save_draft": N_("Save a draft file"),
    "load": N_("Load a file"),
    "copy": N_("Copy as text"),
    "clear": N_("Clear the draft"),
    "tools": N_("Drafts and other options"),
    "tools_help": N_(
        "This browser keeps a draft automatically. To continue on another computer, save a draft file here and load"
        " it there. If no file can be saved, copy the text."
    ),
}
_SAVED = {
    "response_name": N_("response"),
    "draft_name": N_("draft"),
    "saved": N_("Saved, but not sent back yet"),
    "saved_zip": N_("Form and files are in this one zip. Send it as it is, without unpacking it."),
    "saved_file": N_("The browser has been asked to save this file, usually to the “Downloads” folder:"),
    "send_to": N_("Now send this file to {where}, by {day}."),
    "send_back": N_("Now send this file back to the person who sent you the form, by {day}."),
    "code": N_("Content code, to compare with the signature sheet:"),
    "again": N_("If you change anything after this, save and send again; the newest one counts."),
    "no_file": N_("Cannot find the file? Copy the text and send that instead."),
    "draft_saved": N_("The draft file is saved"),
    "draft_not_sent": N_(
        "Use it to continue later: load it on this or another computer. Nothing has been sent back yet."
    ),
    "checked": N_("What is missing"),
    "nothing_missing": N_("Nothing is missing."),
    "still_missing": N_("Still missing, {count}:"),
    "refused": N_("The file would be refused for these reasons:"),
    "too_large": N_("It is larger than {most} MiB. Shorten the longest texts."),
    "too_many": N_("It has more than {most} problems."),
    "copy_title": N_("The form as text"),
    "copy_help": N_("Copy all of this text and paste it into an e-mail, a chat message or a text file."),
    "copied": N_("The text has been copied."),
    "not_copied": N_("The browser did not copy it. The text is selected: copy it with the keyboard or the menu."),
    "save_failed": N_("The browser refused to save a file ({reason}). Copy the text instead."),
}
_GAPS = {
    "gap_unchecked": N_("Not answered"),
    "gap_no-finding": N_("Answered as a problem, but no problem is described"),
    "gap_conform-with-finding": N_("Answered without a problem, but a problem is described"),
    "gap_no-evidence": N_("Evidence files are required, and there are none"),
    "gap_lost-file": N_("Files to choose again"),
    "gap_no-reason": N_("Does not apply, but no reason is given"),
    "gap_finding-open": N_("Incomplete problems"),
    "gap_no-coverage": N_("Numbers"),
    "gap_unread": N_("Cannot be understood"),
    "gap_about": N_("At the end of the form"),
    "gap_not-signed": N_("Name of the person who filled it in"),
    "gap_not-dated": N_("Date"),
    "gap_not-declared": N_("Declaration not accepted"),
    "lacks": N_("Problem {number}: {field}"),
    "unread": N_("{place}: “{value}”"),
    "half_date": N_("{place}: the date is incomplete"),
}
_DRAFTS = {
    "kept": N_("Draft saved {time}"),
    "restored": N_("What you filled in before ({time}) has been restored."),
    "from_page": N_("This page contains what was filled in before."),
    "draft_damaged": N_("The draft kept by this browser cannot be read and was ignored: {reason}"),
    "copy_damaged": N_("Show it as text"),
    "put_aside": N_("put aside earlier"),
    "draft_failed": N_("The browser does not keep a draft ({reason}). Save a draft file before you close this page."),
    "other_window": N_(
        "This form is also open in another window, and what is typed there replaces the draft. Use one window only."
    ),
    "followed": N_("Changes made in another window have been loaded here."),
    "clear_sure": N_("Delete everything filled in here, and the draft? This cannot be undone."),
    "clear_yes": N_("Delete everything"),
    "cleared": N_("The draft has been deleted; the form is empty."),
    "dismiss": N_("Close"),
    "load_sure": N_("Replace what is filled in here with the file “{name}”?"),
    "load_yes": N_("Replace"),
    "loaded": N_("The file “{name}” has been loaded."),
    "loaded_older": N_(
        "The file belongs to an earlier version of this form; everything that still fits has been loaded. Check it and"
        " accept the declaration again."
    ),
    "reworded": N_("These questions have been reworded. Your earlier answers were not loaded; answer them again:"),
    "reworded_was": N_("you answered “{ask}” with: {answer}"),
    "loaded_cut": N_("The end of the file is missing: it was cut off. Compare it with what you wrote."),
    "dropped": N_("Parts of the file that do not belong in this form were left out:"),
    "load_failed": N_("The file “{name}” was not loaded"),
    "load_line": N_("Line {line} cannot be read: {text}"),
    "load_large": N_("It is too large to be a form."),
    "load_unreadable": N_("It is not a text file that was saved from this form."),
    "load_stranger": N_(
        "It is the form of another respondent (passport {passport}). Open that form and load it there."
    ),
    "load_no_passport": N_("It has no passport, so there is no way to know whose answers it contains."),
}

TEXTS = _HEAD | _ITEMS | _FINDINGS | _CORRECTIONS | _CONFIRMATIONS | _FILES | _REST | _SAVED | _GAPS | _DRAFTS
"""Message ids by name."""


def page_texts(translate: Callable[[str], str]) -> dict[str, str]:
    """Return every text in one language."""
    return {name: translate(text) for name, text in TEXTS.items()}
