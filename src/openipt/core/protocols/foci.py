"""How many problem areas a course may work on at a time."""

from openipt.core.sentences import sentence

from .contract import Finding, load_rules


def check_foci(areas: int) -> Finding | None:
    """Return why so many areas at a time are too many, or None.

    All of a person's difficulties can be written down; one or two are worked on (P08).
    """
    rule = load_rules()["focus_areas"]
    if rule.most is None or areas <= rule.most:
        return None
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        sentence=sentence(rule.template, most=rule.most),
        source=rule.source,
    )
