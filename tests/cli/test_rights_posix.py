"""What a user lets others read is theirs to say: files are made with the rights that the umask leaves."""

from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.program import run

pytestmark = pytest.mark.slow

COMMANDS = (["issue", "--format", "html,xlsx,yaml"], ["collect"], ["export"], ["remind"], ["report"])


@pytest.mark.parametrize(("mask", "most"), [(0o027, 0o640)])
def test_no_file_gets_more_rights_than_the_umask_leaves(new_campaign: Campaign, mask: int, most: int) -> None:
    before = set(new_campaign.root.rglob("*"))
    for command in COMMANDS:
        ran = run(*command, cwd=new_campaign.root, umask=mask)
        assert ran.code in (0, 1), ran.said
        if command[0] == "issue":
            new_campaign.receive("张三.yaml", new_campaign.filled("张三"))
    made = [path for path in new_campaign.root.rglob("*") if path.is_file() and path not in before]
    assert {path.suffix for path in made} >= {".html", ".yaml", ".db", ".docx", ".ics", ".zip", ".xlsx"}
    rights = {path: path.stat().st_mode & 0o777 for path in made if path.parent.name != "inbox"}
    assert {path: oct(mode) for path, mode in rights.items() if mode & ~most} == {}
    assert max(rights.values()) == most


def test_a_file_that_is_replaced_gets_the_rights_of_a_new_one(new_campaign: Campaign, tmp_path: Path) -> None:
    page = tmp_path / "s.html"
    for mask in (0o022, 0o077):
        run("status", "--html", page, cwd=new_campaign.root, umask=mask)
    assert oct(page.stat().st_mode & 0o777) == "0o600"


def test_the_secret_is_for_its_owner_whatever_the_umask(new_campaign: Campaign) -> None:
    secret = new_campaign.root / "campaign.secret"
    assert oct(secret.stat().st_mode & 0o777) == "0o600"
    secret.unlink()
    assert run("issue", cwd=new_campaign.root, umask=0).code == 0
    assert oct(secret.stat().st_mode & 0o777) == "0o600"
