"""Minutes that add up to a session."""


def share_minutes(weights: list[int], minutes: int) -> list[int]:
    """Return whole minutes in proportion to the weights that add up to `minutes`.

    By largest remainder after one minute each; earlier points win ties. With fewer
    minutes than points the first points get one each.
    """
    if minutes < len(weights):
        return [1 if place < minutes else 0 for place in range(len(weights))]
    spare, total = minutes - len(weights), sum(weights)
    shares = [1 + spare * weight // total for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: -(spare * weights[place] % total)
    )
    for place in by_remainder[: minutes - sum(shares)]:
        shares[place] += 1
    return shares
