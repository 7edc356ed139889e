"""What organizers write in a rig: seeded, and of every size."""

PEOPLE = ["Rosa Alvarez", "Tom Bell", "Luis Ortega", "Denise Okafor"]


def act(dice):
    """The arguments of one command that writes: a meeting with a promise and perhaps a new person, or a change of
    somebody whom others change too."""
    if dice.random() < 0.3:
        return ["person", "edit", dice.choice(PEOPLE), "--phone", f"555-{dice.randrange(10_000):04}"]
    if dice.random() < 0.5:
        who = [f"Neighbor {dice.getrandbits(48):x}", "--new"]
    else:
        who = [dice.choice(PEOPLE)]
    words = "bus stop " * dice.choice([1, 10, 100, 1000, 7000])
    return ["met", *who, "--summary", words, "--next", "call", "--due", "tomorrow"]


def introduce(congregation):
    """The people whom everybody knows."""
    first = next(iter(congregation.laptops.values()))
    for name in PEOPLE:
        first.run("person", "add", name).succeeded()
    congregation.become_even()
