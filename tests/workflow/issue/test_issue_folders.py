"""Two units never share a folder, whatever their names make of it on any system."""

from tests.support.campaign import Campaign


def test_units_whose_names_make_one_folder_get_one_each(new_campaign: Campaign) -> None:
    for old, new in (("技术部", "研发/测试"), ("审核部", "研发:测试")):
        new_campaign.edit("roster.yaml", f"name: {old}", f'name: "{new}"')
    new_campaign.edit("campaign.yaml", "units: [技术部]", "kinds: [department]")
    assert new_campaign.run("issue").code in (0, 1)
    folders = sorted(path.name for path in (new_campaign.root / "outbox").iterdir() if path.is_dir())
    assert folders == ["北京分公司", "研发_测试_A", "研发_测试_T"]
    assert len({form.read_text(encoding="utf-8").split("passport: ")[1][:24] for form in new_campaign.forms()}) == 6


def test_a_unit_whose_name_only_differs_in_case_has_a_folder_of_its_own(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 技术部", "name: SALES")
    new_campaign.edit("roster.yaml", "name: 审核部", "name: Sales")
    new_campaign.edit("campaign.yaml", "units: [技术部]", "kinds: [department]")
    new_campaign.run("issue")
    folders = sorted(path.name for path in (new_campaign.root / "outbox").iterdir() if path.is_dir())
    assert folders == ["SALES_T", "Sales_A", "北京分公司"]
