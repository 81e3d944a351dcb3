"""The file of anchors: torn lines, doubled numbers, lines that are none."""

from openipt.audit import anchors
from tests.audit.trail import AT

ONE, TWO = "1" * 64, "2" * 64


def test_no_file_is_no_anchors(tmp_path):
    found = anchors.read(tmp_path / "anchors")

    assert (found.hashes, found.last) == ({}, 0)
    assert not found.contradict(1, ONE)


def test_what_is_appended_is_read(folder):
    anchors.append(3, ONE, AT)
    anchors.append(7, TWO, AT)

    found = anchors.read(anchors.path())
    assert (found.hashes, found.last) == ({3: ONE, 7: TWO}, 7)
    assert found.contradict(3, TWO)
    assert not found.contradict(3, ONE)
    assert not found.contradict(4, TWO)


def test_a_line_torn_by_a_crash_costs_itself_alone(folder):
    anchors.append(3, ONE, AT)
    with anchors.path().open("a") as file:
        file.write("5 1111")

    anchors.append(7, TWO, AT)

    assert anchors.read(anchors.path()).hashes == {3: ONE, 7: TWO}


def test_lines_that_are_no_anchors_are_left_out(folder):
    anchors.path().write_bytes(
        b"\n# a note\n0 " + ONE.encode() + b" x\n-1 x y\n\xff\xfe\n"
        b"4 " + ONE[:-1].encode() + b" x\n5 " + TWO.encode() + b" 2026\n"
    )

    assert anchors.read(anchors.path()).hashes == {5: TWO}


def test_a_number_with_two_hashes_fits_neither(folder):
    anchors.append(3, ONE, AT)
    anchors.append(3, TWO, AT)
    anchors.append(3, ONE, AT)

    found = anchors.read(anchors.path())
    assert found.contradict(3, ONE)
    assert found.contradict(3, TWO)


def test_an_anchor_written_twice_is_one(folder):
    anchors.append(3, ONE, AT)
    anchors.append(3, ONE, AT)

    assert not anchors.read(anchors.path()).contradict(3, ONE)
