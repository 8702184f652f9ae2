"""Reads and writes what a campaign remembers of the one before."""

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, UserError, errors
from selfaudit.files.atomic import write_text
from selfaudit.files.yaml.writer import dump
from selfaudit.model.names import PREVIOUS
from selfaudit.model.rectification.recurrence import Previous
from selfaudit.store.kits import read_text
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_model

ABOUT = N_("selfaudit: findings that the campaign before had closed; init --previous wrote this")


def load_previous(campaign: Layout) -> Previous | None:
    """Return what is remembered; None if there was no campaign before. Stops with every mistake in the file."""
    if not campaign.previous_file.is_file():
        return None
    problems: list[Problem] = []
    text = read_text(campaign.previous_file, PREVIOUS, problems)
    made = None
    if text is not None:
        made, _, problems = read_model(text, PREVIOUS, Previous)
    if made is None or errors(problems):
        raise UserError(errors(problems))
    return made


def put_previous(campaign: Layout, previous: Previous, language: str) -> None:
    """Write the file of a new campaign, with a comment in a language."""
    data = previous.model_dump(mode="json", exclude_defaults=True)
    write_text(campaign.previous_file, dump({"format": previous.format, **data}, {(): translator(language)(ABOUT)}))
