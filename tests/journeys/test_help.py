"""Help and the way out, without JavaScript, on a phone."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_help_and_leaving_quickly_work_without_javascript(visitor, cast):
    ana = visitor(java_script=False, login=cast.client("ana"))
    ana.page.goto(ana.base + "/today/")
    ana.page.get_by_role("link", name="Need help now?").click()
    ana.see("Night line")
    ana.page.get_by_role("button", name="I am not safe").click()
    ana.see("Who sees what you said")
    ana.page.get_by_role("link", name="Leave quickly").click()
    ana.see("Shopping list")

    # A plain link of ours has locked the session as well.
    ana.page.goto(ana.base + "/today/")
    ana.is_at("/accounts/login/")


@pytest.mark.parametrize("dark", [False, True])
def test_help_signed_out_is_whole_on_a_phone(visitor, cast, dark):
    somebody = visitor(dark=dark)
    somebody.open("/help/", "help-signed-out")
    somebody.see("Call the emergency number of the country you are in")
