import ArgumentParser
import Wording

struct ActionGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "action",
        abstract: said("Preparing an action."),
        discussion: said(page))

    static let page: Phrase = """
        An action shows power: people in the room, each brought by somebody they trust, and one \
        person who has to answer.

        The action, its goal in people, and who chairs it:
          fieldbook record add action "title=Assembly at St. Mark" "on=in 3 weeks" goal=200 chair=Rosa

        Each leader promises a number. About half of those who say yes will come, so count on what \
        each brought the last times rather than on what is said:
          fieldbook record add turnoutPledge leader=Rosa "action=Assembly at St. Mark" pledged=12 on=today
          fieldbook report turnout-forecast

        The week before, call twice. Confirmed is who says it on the phone, with the bus they take:
          fieldbook record add attendance person=Bo "event=Assembly at St. Mark" status=confirmed broughtBy=Rosa

        On the evening, write who came while they sign in; afterwards, what each leader delivered:
          fieldbook report turnout

        Evaluate before you go home: feelings first, then what the other side did, and who stepped \
        up.
          fieldbook record add evaluation "of=Assembly at St. Mark" on=today chair=Rosa "reaction=She said yes to two of three." "lessons=Start on time."

        Then one-to-ones again, first with those who stepped up.
        """
}
