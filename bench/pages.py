"""Which pages are measured: add a page of the person here, and nowhere else."""

PAGES_OF_THE_PERSON: dict[str, tuple[str, ...]] = {
    "home:today": (),
    "practice:weeks": (),
    "practice:start-week": (),
    "practice:week": ("entry",),
    "practice:whole-week": ("entry",),
    "practice:add-moment": ("entry",),
    "practice:change-moment": ("entry", "moment"),
    "practice:remove-moment": ("entry", "moment"),
    "practice:history": ("entry",),
    "practice:remove-entry": ("entry",),
    "practice:tasks": (),
    "practice:task": ("task",),
    "questionnaires:measures": (),
    "questionnaires:start": ("measure",),
    "questionnaires:page": ("measure",),
    "questionnaires:question": ("measure", "place"),
    "questionnaires:finish": ("measure",),
    "questionnaires:result": ("answering",),
    "home:progress": (),
    "home:own-ending": ("course",),
    "home:own-paper": ("course",),
    "home:own-staying-well": (),
    "home:own-letter": ("course",),
    "inventory:own": (),
    "inventory:own-add": (),
    "inventory:own-change": ("relationship",),
    "inventory:own-remove": ("relationship",),
    "exchange:my-data": (),
    "people:account": (),
    "people:agree": (),
    "people:agreement": (),
    "safety:help": (),
}
"""Name of the address -> what it takes; `cast.arguments` says which values."""

PAGES_OF_THE_STAFF: dict[str, tuple[str, ...]] = {
    "calendar:week": (),
    "courses:course": ("course",),
    "encounters:session": ("appointment",),
    "inventory:people": ("person",),
}
"""Measured beside, without a bound: what a therapist opens all day."""
