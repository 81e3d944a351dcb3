"""The pieces pages are made of: what each promises to whoever uses it."""

import re

import pytest
from django import forms

from .gallery import Everything, drawn, made

FIELD = '{% from "ui/form.html" import field, error_summary %}'


class Moment(forms.Form):
    what = forms.CharField(label="What happened?", widget=forms.Textarea)
    later = forms.CharField(label="Next time?", required=False)


def test_field_names_its_control_and_ties_hint_and_error_to_it():
    form = Moment({"what": ""})

    html = made(FIELD + "{{ field(form.what, hint='A few words') }}", form=form)

    assert '<label for="id_what">What happened?</label>' in html
    assert 'aria-describedby="id_what_hint id_what_error"' in html
    assert '<p class="hint" id="id_what_hint">A few words</p>' in html
    assert 'id="id_what_error"' in html
    assert "This field is required." in html
    assert 'aria-invalid="true"' in html


def test_field_without_fault_speaks_of_none():
    html = made(FIELD + "{{ field(form.what) }}", form=Moment())

    assert "error" not in html
    assert "aria-describedby" not in html


def test_field_marks_what_may_be_left_out_and_not_what_must_be_there():
    html = made(FIELD + "{{ field(form.what) }}|{{ field(form.later) }}", form=Moment())

    must, may = html.split("|")
    assert "(optional)" not in must
    assert "(optional)" in may


def test_field_keeps_what_was_typed_and_lets_no_markup_out():
    form = Moment({"what": "", "later": '"><b>loud</b>'})

    html = made(FIELD + "{{ field(form.later) }}", form=form)

    assert "<b>loud" not in html
    assert "&lt;b&gt;loud" in html


@pytest.mark.parametrize(
    ("name", "kind", "inside"),
    [("answer", "scale", "scale"), ("strong", "numbers", "scale numbers")],
)
def test_radio_buttons_become_tiles_that_stay_radio_buttons(name, kind, inside):
    form = Everything(initial={name: 1})

    html = made(
        FIELD + "{{ field(form[name], kind=kind) }}", form=form, name=name, kind=kind
    )

    assert f'<div class="{inside}">' in html
    assert html.count('type="radio"') == len(form.fields[name].choices)
    assert re.findall(r'value="(\w+)" id="\w+" checked', html) == ["1"]
    assert "<legend>" in html


def test_several_ticks_are_not_required_one_by_one():
    html = made(FIELD + "{{ field(form.whom, kind='chips') }}", form=Everything())

    assert html.count('type="checkbox"') == 2
    assert "required" not in html


def test_counter_says_how_much_room_a_text_has():
    html = made(FIELD + "{{ field(form.what, counter=200) }}", form=Moment())

    assert 'data-limit="200"' in html
    assert 'data-module="counter"' in html
    assert "Room for {n} more characters" in html


def test_error_summary_leads_to_each_field_and_takes_the_focus():
    html = made(FIELD + "{{ error_summary(form) }}", form=Everything({}))

    assert 'tabindex="-1" autofocus' in html
    assert 'href="#id_happened"' in html
    assert 'href="#id_answer"' in html
    assert "7 things need another look" in html


def test_error_summary_of_a_fine_form_is_nothing():
    form = Moment({"what": "We talked"})
    assert form.is_valid()

    assert made(FIELD + "{{ error_summary(form) }}", form=form).strip() == ""


def test_task_says_done_in_words_too():
    source = '{% from "ui/task.html" import task %}{{ task("PHQ-9", done=done) }}'

    assert "Done:" in made(source, done=True)
    assert "Done:" not in made(source, done=False)


def test_trajectory_has_its_numbers_in_a_table_of_the_same_figure():
    source = '{% from "ui/chart.html" import trajectory %}{{ trajectory(t, "PHQ-9", "fell") }}'

    html = made(source, t=drawn(18, 15, 11))

    figure = re.search(r"<figure.*</figure>", html, re.DOTALL).group()
    assert re.findall(r'<td class="num">(\d+)</td>', figure) == ["18", "15", "11"]
    assert figure.count('<circle class="mark') == 3
    assert 'aria-hidden="true"' in figure
    assert "8 Oct 2026: 18" in figure


def test_trajectory_prints_coordinates_with_a_point_in_every_language():
    from django.utils import translation

    source = '{% from "ui/chart.html" import trajectory %}{{ trajectory(t, "PHQ-9") }}'

    with translation.override("de"):
        german = made(source, t=drawn(18, 15, 11))

    points = re.search(r'points="([^"]*)"', german).group(1)
    assert re.fullmatch(r"[\d.]+,[\d.]+( [\d.]+,[\d.]+)*", points)
    assert "8. Okt" in german


def test_trajectory_without_scores_still_draws():
    source = '{% from "ui/chart.html" import trajectory %}{{ trajectory(t, "PHQ-9") }}'

    assert "<circle" not in made(source, t=drawn())


def test_table_repeats_its_headings_for_phones_and_says_how_it_is_sorted():
    html = made(
        '{% from "ui/table.html" import table, tr, th, td %}'
        '{% call table([("Name",), ("Score", "num", "?sort=score", "descending")]) %}'
        '{% call tr() %}{{ th("Ana", "/ana/") }}{{ td("Score", "num", 0) }}{% endcall %}'
        "{% endcall %}"
    )

    assert 'aria-sort="descending"' in html
    assert '<a href="?sort=score">Score' in html
    assert 'data-label="Score"' in html
    assert "data-empty" not in html


def test_facts_show_a_dash_for_what_is_not_known_but_not_for_zero():
    html = made(
        '{% from "ui/page.html" import facts %}{{ facts([("Missed", 0), ("Ended", "")]) }}'
    )

    assert re.findall(r"<dd>(.*?)</dd>", html) == ["0", "–"]


def test_tabs_and_steps_say_where_one_is():
    html = made(
        '{% from "ui/page.html" import tabs, steps %}'
        '{{ tabs([("One", "/1/", false), ("Two", "/2/", true)], "Parts") }}'
        '{{ steps(["First", "Second", "Third"], 2) }}'
    )

    assert '<a href="/2/" aria-current="page">Two' in html
    assert '<li aria-current="step">Second' in html
    assert '<li class="done">First' in html


def test_post_button_is_a_form_that_works_alone():
    html = made(
        '{% from "ui/button.html" import post_button %}'
        '{{ post_button("Take it", "/take/", token, "clay", fields={"alert": "7"}) }}',
        token="",
    )

    assert '<form method="post" action="/take/"' in html
    assert '<input type="hidden" name="alert" value="7">' in html
    assert '<button class="btn clay" type="submit">Take it</button>' in html


def test_confirm_button_leads_somewhere_without_scripts():
    html = made(
        '{% from "ui/button.html" import confirm_button %}'
        '{{ confirm_button("End", "/end/", "sure") }}'
    )

    assert 'href="/end/"' in html
    assert 'data-dialog="sure"' in html
