"""A service adds a variant by dropping in a file, and gets exact errors."""

from pathlib import Path

import pytest

from openipt.core.errors import DataProblem
from openipt.core.protocols import (
    check_file,
    find_variant,
    load_variants,
    offered_variants,
    use_folder,
)

FROM = Path("src/openipt/core/protocols/data/ipt_brief.toml").read_text("utf-8")
OWN = FROM.replace('id = "ipt_brief"', 'id = "ipt_brief_own"')


@pytest.fixture
def folder(tmp_path):
    yield tmp_path
    use_folder(None)


def drop(folder, text, name="own.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    use_folder(folder)
    return folder / name


def test_a_dropped_file_is_offered(folder):
    drop(folder, OWN)

    assert load_variants()["ipt_brief_own"].name == "Brief IPT"
    assert "ipt_brief_own" in {one.id for one in offered_variants()}
    use_folder(None)
    assert "ipt_brief_own" not in load_variants()


def test_no_folder_is_no_variant(folder):
    use_folder(folder / "nothing")

    assert "ipt_brief" in load_variants()


def test_a_retired_version_is_not_offered_and_still_found(folder):
    drop(folder, OWN)
    newer = OWN.replace('"2026.1"', '"2026.2"').replace(
        "\nusual_sessions", "\nretired = true\nusual_sessions", 1
    )
    drop(folder, newer, "newer.toml")

    assert "ipt_brief_own" not in {one.id for one in offered_variants()}
    assert find_variant("ipt_brief_own", "2026.1").version == "2026.1"
    assert find_variant("ipt_brief_own", "2026.2").retired


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FROM, "own.toml: id: ipt_brief 2026.1 is already installed"),
        (
            OWN.replace("ipt_individual_columbia", "ipt_lost"),
            "own.toml: based_on: there is no variant 'ipt_lost'",
        ),
        (
            OWN.replace("ipt_maintenance", "ipt_lost"),
            "own.toml: continues_with: there is no variant 'ipt_lost'",
        ),
        (
            OWN.replace("ipt_individual_columbia", "ipt_brief_own"),
            "own.toml: based_on: goes in a circle: ipt_brief_own > ipt_brief_own",
        ),
        ("x = ", "own.toml: is not TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_reason(folder, text, said):
    drop(folder, text)

    with pytest.raises(DataProblem) as problem:
        load_variants()

    assert str(problem.value).startswith(said)


def test_two_files_in_a_circle_are_named(folder):
    drop(folder, OWN.replace("ipt_individual_columbia", "ipt_second"))
    second = OWN.replace("ipt_brief_own", "ipt_second").replace(
        "ipt_individual_columbia", "ipt_brief_own"
    )
    drop(folder, second, "second.toml")

    with pytest.raises(DataProblem, match="ipt_brief_own > ipt_second > ipt_brief_own"):
        load_variants()


def test_a_file_is_checked_without_being_installed(folder):
    path = folder / "draft.toml"
    path.write_text(OWN, encoding="utf-8")

    use_folder(folder / "elsewhere")
    assert check_file(path).id == "ipt_brief_own"
    assert "ipt_brief_own" not in load_variants()
    path.write_text(OWN.replace("ipt_maintenance", "ipt_lost"), encoding="utf-8")
    with pytest.raises(DataProblem, match=r"draft\.toml: continues_with"):
        check_file(path)


def test_a_file_that_would_keep_the_service_from_starting_does_not_pass(folder):
    """The same sentence when it is checked, and when it is dropped in."""
    path = drop(folder, FROM, "again.toml")

    with pytest.raises(DataProblem) as dropped:
        load_variants()
    with pytest.raises(DataProblem) as checked:
        check_file(path)

    assert str(checked.value) == str(dropped.value)
    assert str(checked.value) == "again.toml: id: ipt_brief 2026.1 is already installed"


def test_a_file_in_the_folder_is_checked_among_the_others_there(folder):
    drop(folder, OWN)
    second = OWN.replace("ipt_brief_own", "ipt_second").replace(
        "ipt_individual_columbia", "ipt_brief_own"
    )
    path = drop(folder, second, "second.toml")

    assert check_file(path).based_on == "ipt_brief_own"


def test_other_signs_of_the_world_are_welcome(folder):
    text = OWN.replace("An engagement session", "Une séance\u00a0: مرحبا \u200f 人")

    assert check_file(drop(folder, text)).summary.startswith("Une séance")
