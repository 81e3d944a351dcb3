"""The text a new service starts with. Its own people read it, then make it theirs."""

from django.utils.translation import gettext as _


def first_notice(service_name: str) -> str:
    """Return the notice that ships, in the language that is active.

    A line that starts with "# " is a heading, one that starts with "- " a point of a
    list; paragraphs are parted by an empty line.
    """
    return "\n\n".join(
        [
            _(
                "You are about to use the record of your therapy at %(service)s. This "
                "page says what happens with what you write here. Take your time; you "
                "can ask your therapist about every line of it."
            )
            % {"service": service_name},
            "# " + _("What is kept"),
            "\n".join(
                [
                    "- " + _("Your name, your contact data and how to reach you."),
                    "- "
                    + _("Your answers to questionnaires, and the scores they give."),
                    "- " + _("What you write about your weeks, private or shared."),
                    "- "
                    + _(
                        "Your appointments, the notes of your therapist about your "
                        "sessions, and what you agreed to try."
                    ),
                    "- "
                    + _(
                        "A list of who opened your record and when. It holds no text "
                        "of yours."
                    ),
                ]
            ),
            "# " + _("Who sees it"),
            "\n".join(
                [
                    "- "
                    + _(
                        "Your therapist sees your answers, your tasks, and what you "
                        "share. The people who supervise your therapist may read the "
                        "record too."
                    ),
                    "- "
                    + _(
                        "What you keep private stays private: nobody at the service "
                        "sees it, nor that it exists."
                    ),
                    "- "
                    + _(
                        "If an answer tells us that you may be in danger, your "
                        "therapist is told. If nobody takes it up in time, the deputy, "
                        "the supervisor and the manager of the service are told as well."
                    ),
                    "- "
                    + _(
                        "Those who run the service see names and addresses, not what "
                        "you write."
                    ),
                ]
            ),
            "# " + _("Nobody reads this in real time"),
            _(
                "What you write here is read before your next session, not in the moment "
                "you write it. If you need help now, use “Need help now?”: it is on every "
                "page, also when you are not signed in. If your life is in danger, call "
                "the emergency number of your country."
            ),
            "# " + _("How to take your data away"),
            _(
                "It is yours to ask for. Tell your therapist or the service that you want "
                "a copy of what is kept about you, or that something in it is wrong. You "
                "can also ask for it to be erased. The law may oblige the service to keep "
                "part of the record for some years; then it tells you which part and how "
                "long."
            ),
            "# " + _("How to end"),
            _(
                "You are free to say no, and to change your mind later: you find “Take "
                "my agreement back” under “My account”. Your therapy does not depend on "
                "it. From then on you can read this notice, the help page and your "
                "account, and nothing new is kept. Talk with your therapist about how to "
                "go on without it."
            ),
        ]
    )
