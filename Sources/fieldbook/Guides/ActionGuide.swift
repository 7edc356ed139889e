import ArgumentParser
import Wording

struct ActionGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "action",
        abstract: said("Preparing an action."),
        discussion: laidOut)

    static let page: Phrase = """
        An action shows power: people in the room, each brought by somebody they trust, and one \
        person who has to answer.

        The action, its goal in people, and who chairs it:
          fieldbook action add "Assembly at St. Mark" --on "in 3 weeks" --goal 200 --chair Rosa

        Each leader promises a number. About half of those who say yes will come, so count on what \
        each brought the last times rather than on what is said:
          fieldbook action pledge Assembly Rosa 12
          fieldbook report turnout-forecast

        The week before, call twice. Confirmed is who says it on the phone, with the bus they take:
          fieldbook action confirm Assembly Bo --brought-by Rosa
          fieldbook action confirm Assembly Bo --double
          fieldbook action show Assembly

        On the evening, write who came while they sign in: "fieldbook action came", the action and \
        the people, or --count for those whom nobody named; "noshow" for those who stayed away. \
        Afterwards, what each leader delivered:
          fieldbook report turnout

        Evaluate before you go home: feelings first, then what the other side did, and who stepped \
        up.
          fieldbook action evaluate Assembly --feelings "proud,tired" --reaction "She said yes to two of three." --lessons "Start on time."

        Then one-to-ones again, first with those who stepped up.
        """
}
