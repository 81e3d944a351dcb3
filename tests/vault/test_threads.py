"""Four threads at the same rows never see anything but what was written."""


def test_threads_never_see_a_blob_or_another_text(installation):
    assert installation.run("tests.vault.letters", "3") == "\n"
