"""Who holds which role: by title or id, in any case, one side of a slash, several with a slash between them."""

import pytest

from selfaudit.model.holders import alike
from selfaudit.model.kit.plan import Role
from selfaudit.model.roster import roles_named

ROLES = (
    Role(id="auditor", title="审核员/检查员", answers="person", posts=("审核员",)),
    Role(id="lead", title="总经理", answers="person"),
    Role(id="office", title="Head Office", answers="unit"),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("auditor", ["auditor"]),
        ("AUDITOR", ["auditor"]),
        ("审核员/检查员", ["auditor"]),
        ("审核员／检查员", ["auditor"]),
        ("检查员", ["auditor"]),
        ("总 经理", ["lead"]),
        ("lead/auditor", ["lead", "auditor"]),
        ("head office", ["office"]),
        ("lead/老板", []),
        ("审核", []),
    ],
)
def test_a_role_is_named_by_title_or_id(text: str, ids: list[str]) -> None:
    assert [role.id for role in roles_named(text, ROLES)] == ids


@pytest.mark.parametrize(
    ("post", "like"),
    [
        ("审核元", True),
        ("高级审核员", True),
        ("审员", False),
        ("审核部部长", False),
        ("审核", True),
        ("组长", False),
        ("审核长员", True),
    ],
)
def test_a_post_that_may_be_one_of_a_role_is_like_it(post: str, like: bool) -> None:  # noqa: FBT001 - from the table
    assert alike(post, "审核员") is like
