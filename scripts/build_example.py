"""Make the pinned kit and the inbox of ``examples/small-campaign`` again; roster and profile are written by hand.

Passports depend on what a form asks, so the returned files go stale whenever the kit changes. The answers themselves
are in ``build_example.yaml``.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from selfaudit.files.yaml.reader import read_yaml
from selfaudit.forms import yaml as yaml_form
from selfaudit.model.form.form import Form
from selfaudit.store.kit_files import KitFiles
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.store.layout import Layout
from selfaudit.store.secret import Secret, put_secret
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.forms import build_forms

KIT = "fake-cert-2023"
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "small-campaign"
ANSWERS = Path(__file__).with_suffix(".yaml")


def main(folder: Path) -> None:
    """Make them in a folder with roster and profile."""
    pin_kit(folder)
    campaign = Workspace(folder)
    # an example has no secrets, and its returned files must fit
    put_secret(campaign, Secret("5e" * 32))
    kit, roster = campaign.load().usable()
    forms = {form.respondent.key: form for form in build_forms(kit, roster, campaign.codes(kit.plan.id))}
    inbox = folder / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir()
    for response in answers():
        text = returned(forms[response["respondent"]], response)
        (inbox / response["file"]).write_text(text, encoding="utf-8", newline="\n")


def pin_kit(folder: Path) -> None:
    """Copy the kit into a campaign folder, as ``init`` does."""
    source, made = kit_folder(KIT), Layout(folder)
    for old in (made.checklists, made.templates):
        shutil.rmtree(old, ignore_errors=True)
    files = KitFiles.of(load_kit(source).usable(), source, source)
    # this example has no data of a body, so it goes without the checks of them
    files.texts = {name: text for name, text in files.texts.items() if "/" not in name}
    files.write(folder, made.checklists)


def answers() -> list[dict[str, Any]]:
    """Return what the respondents send back."""
    document, problems = read_yaml(ANSWERS.read_text(encoding="utf-8"), ANSWERS.name)
    if problems:
        sys.exit("\n".join(map(str, problems)))
    responses: list[dict[str, Any]] = document.data["responses"]
    return responses


def returned(form: Form, response: dict[str, Any]) -> str:
    """Return a filled-in form as it comes back, mistakes of typing included."""
    special = {(said["item"], said.get("part", "")): said for said in response.get("answers", ())}

    def said(item: str, part: str) -> dict[str, str]:
        given = special.get((item, part), {})
        return {"answer": given.get("answer", "conform"), "note": given.get("note", "")}

    items = [
        {"id": item.id, "parts": [{"id": part.id, **said(item.id, part.id)} for part in item.parts]}
        if item.parts
        else {"id": item.id, **said(item.id, "")}
        for item in form.questions.items
    ]
    findings = [{"number": number, **finding} for number, finding in enumerate(response.get("findings", ()), 1)]
    content = {**response, "items": items, "findings": findings, "declaration": True}
    text = yaml_form.write(form, content).decode()
    for mistake in response.get("mistyped", ()):
        text = text.replace(mistake["right"], mistake["wrong"], 1)
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
