"""Whole agendas: what a therapist finds in six situations."""

from openipt.core.agenda import Carried, FocusWork, MeasureChange, Situation, agenda
from openipt.core.protocols import load_variants, phase_at
from openipt.core.sentences import Sentence

COLUMBIA = load_variants()["ipt_individual_columbia"]
MAINTENANCE = load_variants()["ipt_maintenance"]
DISPUTE, GRIEF = COLUMBIA.area("role_dispute"), COLUMBIA.area("grief")
PHQ = MeasureChange(name="PHQ-9", last=11, previous=13)


def told(variant, session, total, **met):
    situation = Situation(
        session_number=session, total_sessions=total, minutes=50, **met
    )
    items = agenda(variant, phase_at(variant, session, total), situation)
    assert sum(item.minutes for item in items) == 50
    return [
        (
            item.minutes,
            item.words or str(item.title),
            str(item.why),
            [*item.notes, *(str(point) for point in item.points)],
            item.source,
        )
        for item in items
    ]


UK = "IPT-UK, stages of IPT"
TORONTO = "CITC Toronto, role disputes"
LIST = "List of IPT techniques in an indexed abstract, sid.ir"
ISIPT = "International Society of Interpersonal Psychotherapy, key IPT strategies"
INSTITUTE = "IPT Institute, maintenance IPT"
DISPUTE_STEPS = [
    "Find the stage: are both still trying, has talk stopped, or is it beyond repair?",
    "How it was before, and when it changed",
    "What it is about, point by point",
    "What each of the two expects of the other",
    "What the person wishes for",
    "What stands in the way of solving it",
]


def test_initial_dispute():
    done = frozenset(
        {"name_diagnosis", "look_at_score", "sick_role", "inventory", "timeline"}
    )

    assert told(
        COLUMBIA, 3, 16, measures=(PHQ,), candidates=(DISPUTE,), done_tasks=done
    ) == [
        (
            5,
            "Look at the questionnaires and the week",
            "How have things been since you last met?",
            ["PHQ-9: 11 (\N{MINUS SIGN}2)"],
            UK,
        ),
        (
            9,
            "Find out whether this is the focus: Role dispute",
            "The circle points to it, and no focus has been chosen yet.",
            [
                "Is there a conflict with somebody important, said aloud or not?",
                "Do the two of you expect different things of each other?",
            ],
            ISIPT,
        ),
        (
            9,
            "Choose one focus, two at most",
            "One or two areas can be worked through in the time there is.",
            [],
            "Hinrichsen, Interpersonal Psychotherapy for Older Adults, Oxford Research Encyclopedia of Psychology",
        ),
        (
            9,
            "Say the formulation and ask whether it fits",
            "The work goes on when the person has agreed to it.",
            [],
            "Review of interpersonal psychotherapy, Focus 2006; 4(2): 179",
        ),
        (
            5,
            "Agree how many sessions there are and when the last one is",
            "The end is known from the start and changes only by a new agreement.",
            [],
            "Weissman, Markowitz and Klerman, Comprehensive Guide to Interpersonal Psychotherapy (2000), chapter 7",
        ),
        (
            8,
            "Link the start of the illness to what was going on with people",
            "It shows what the work will be about.",
            [],
            UK,
        ),
        (
            5,
            "Agree what to try until you meet again",
            "Say where you are: session 3 of 16.",
            [],
            "",
        ),
    ]


def test_middle_grief():
    assert told(
        COLUMBIA,
        7,
        16,
        measures=(PHQ,),
        tasks=("Visit the grave",),
        foci=(FocusWork(area=GRIEF),),
    ) == [
        (
            5,
            "Look at the questionnaires and the week",
            "How have things been since you last met?",
            ["PHQ-9: 11 (\N{MINUS SIGN}2)"],
            UK,
        ),
        (
            5,
            "Hear what came of what you agreed",
            "What was tried opens the session; so does what stood in the way.",
            ["Visit the grave"],
            "",
        ),
        (
            12,
            "Find the link between mood and something that happened with somebody",
            "Mood and events move each other; seeing it is the heart of the work.",
            [],
            UK,
        ),
        (
            12,
            "Work on the focus: Grief",
            "Each session between the beginning and the end comes back to it.",
            [
                "Mourn",
                "Find interests and people that in part take the place of who was lost",
            ],
            "Weissman, Markowitz and Klerman, Guide to Interpersonal Psychotherapy, abstract of the chapter on grief",
        ),
        (
            12,
            "Look closely at one conversation, weigh a decision, or rehearse what to say",
            "What was understood becomes something that can be done.",
            [],
            LIST,
        ),
        (
            4,
            "Agree what to try until you meet again",
            "Say where you are: session 7 of 16.",
            [],
            "",
        ),
    ]


def test_an_answer_about_safety_this_week():
    assert told(
        COLUMBIA,
        6,
        16,
        open_alerts=1,
        measures=(PHQ,),
        shared=("A hard Sunday",),
        foci=(FocusWork(area=DISPUTE, stage="impasse"),),
    ) == [
        (7, "Talk about safety first", "An answer about safety is still open.", [], ""),
        (
            4,
            "Look at the questionnaires and the week",
            "How have things been since you last met?",
            ["PHQ-9: 11 (\N{MINUS SIGN}2)"],
            UK,
        ),
        (
            7,
            "Talk about what they shared with you",
            "They chose to let you read it.",
            ["A hard Sunday"],
            "",
        ),
        (
            10,
            "Find the link between mood and something that happened with somebody",
            "Mood and events move each other; seeing it is the heart of the work.",
            [],
            UK,
        ),
        (
            9,
            "Work on the focus: Role dispute",
            "Impasse: talk has stopped, resentment is there",
            DISPUTE_STEPS[1:],
            TORONTO,
        ),
        (
            9,
            "Look closely at one conversation, weigh a decision, or rehearse what to say",
            "What was understood becomes something that can be done.",
            [],
            LIST,
        ),
        (
            4,
            "Agree what to try until you meet again",
            "Say where you are: session 6 of 16.",
            [],
            "",
        ),
    ]


def test_the_last_session_was_missed():
    assert told(
        COLUMBIA,
        6,
        16,
        missed_last=True,
        tasks=("Ring Jo",),
        carried=(
            Carried(key="own-1", minutes=10, words="Her sister's letter"),
            Carried(key="shared", minutes=5, title=Sentence("Talk about it")),
        ),
        foci=(FocusWork(area=DISPUTE),),
    ) == [
        (
            4,
            "Start with what kept them away",
            "The last session did not take place. Ask, without blame.",
            [],
            "",
        ),
        (
            4,
            "Hear what came of what you agreed",
            "What was tried opens the session; so does what stood in the way.",
            ["Ring Jo"],
            "",
        ),
        (7, "Her sister's letter", "You left it for this session.", [], ""),
        (4, "Talk about it", "You left it for this session.", [], ""),
        (
            9,
            "Find the link between mood and something that happened with somebody",
            "Mood and events move each other; seeing it is the heart of the work.",
            [],
            UK,
        ),
        (
            9,
            "Work on the focus: Role dispute",
            "Each session between the beginning and the end comes back to it.",
            DISPUTE_STEPS,
            TORONTO,
        ),
        (
            9,
            "Look closely at one conversation, weigh a decision, or rehearse what to say",
            "What was understood becomes something that can be done.",
            [],
            LIST,
        ),
        (
            4,
            "Agree what to try until you meet again",
            "Say where you are: session 6 of 16.",
            [],
            "",
        ),
    ]


def test_three_sessions_to_the_end():
    assert told(COLUMBIA, 13, 16, measures=(PHQ,), foci=(FocusWork(area=DISPUTE),)) == [
        (
            5,
            "Look at the questionnaires and the week",
            "How have things been since you last met?",
            ["PHQ-9: 11 (\N{MINUS SIGN}2)"],
            UK,
        ),
        (
            11,
            "Find the link between mood and something that happened with somebody",
            "Mood and events move each other; seeing it is the heart of the work.",
            [],
            UK,
        ),
        (
            11,
            "Work on the focus: Role dispute",
            "Each session between the beginning and the end comes back to it.",
            DISPUTE_STEPS,
            TORONTO,
        ),
        (
            11,
            "Look closely at one conversation, weigh a decision, or rehearse what to say",
            "What was understood becomes something that can be done.",
            [],
            LIST,
        ),
        (
            8,
            "Speak about the ending",
            "3 sessions are left and nobody has recorded that you spoke about the ending. Speak about it now.",
            [],
            "Weissman, Markowitz and Klerman, Comprehensive Guide to Interpersonal Psychotherapy (2000), chapter 7; Casebook of Interpersonal Psychotherapy, a role transition case, termination; Casebook of Interpersonal Psychotherapy, IPT-G, termination",
        ),
        (
            4,
            "Agree what to try until you meet again",
            "Say where you are: session 13 of 16.",
            [],
            "",
        ),
    ]


def test_maintenance():
    assert told(
        MAINTENANCE,
        8,
        24,
        measures=(PHQ,),
        tasks=("Swim",),
        foci=(FocusWork(area=DISPUTE),),
    ) == [
        (
            9,
            "Watch for early signs, one by one",
            "What is noticed early can be met early.",
            [],
            INSTITUTE,
        ),
        (
            4,
            "Look at the questionnaires and the week",
            "How have things been since you last met?",
            ["PHQ-9: 11 (\N{MINUS SIGN}2)"],
            UK,
        ),
        (
            4,
            "Hear what came of what you agreed",
            "What was tried opens the session; so does what stood in the way.",
            ["Swim"],
            "",
        ),
        (
            12,
            "Talk about strains of now, and about problems that have always been there",
            "In maintenance several areas may be open at a time.",
            [],
            INSTITUTE,
        ),
        (
            9,
            "Find the link between mood and something that happened with somebody",
            "Mood and events move each other; seeing it is the heart of the work.",
            [],
            UK,
        ),
        (
            9,
            "Work on the focus: Role dispute",
            "Each session between the beginning and the end comes back to it.",
            DISPUTE_STEPS,
            TORONTO,
        ),
        (
            3,
            "Agree what to try until you meet again",
            "Say where you are: session 8 of 24.",
            [],
            "",
        ),
    ]
