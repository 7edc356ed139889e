import ArgumentParser
import Wording

struct FirstWeekGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "first-week",
        abstract: said("Your first week as an organizer."),
        discussion: laidOut)

    static let page: Phrase = """
        The work is one conversation after the other. Write each down the same day, while you \
        remember the words.

        Monday. Make your notebook. It is a file on this laptop; nobody else has it.
          fieldbook init --name "Ana Reyes"

        After each one-to-one: whom you met, what they care about in their words, and your next \
        step with a day.
          fieldbook met "Rosa Alvarez" --new --minutes 40 --summary "Walks her mother to dialysis." --heard "bus stops" --next "thank her" --due tomorrow
        Without a name it asks for each thing:
          fieldbook met

        What they promised, and what you promised, is written with the meeting, and so is whom \
        they named: those become people you can meet.
          fieldbook met "Bo Lind" --new --promised "bring three neighbors" --by "next friday" --referred "Sara Yusuf"

        Arrange the next one; "met" on that day completes it, and "missed" or "cancel" settles it. \
        A call or a word after church is a touch.
          fieldbook schedule "Sara Yusuf" --on tomorrow --at 18:30
          fieldbook touch Rosa --by call

        Every morning: whom you meet today, what was said the last times, and what is due.
          fieldbook today

        When a step is done, or a promise is kept, tick it off by the id that stands beside it in \
        that list: "fieldbook commitment keep" and the id.

        Before a meeting: what this person cares about, and what you owe each other.
          fieldbook report memory Rosa

        Friday: the week on one page, and who is slipping away.
          fieldbook plan
          fieldbook report stale

        A slip of the finger is taken back with
          fieldbook undo

        When your congregation has a hub, its keeper sends you a link. "fieldbook join" with that \
        link, then "fieldbook sync" whenever there is a network, brings your notes to the other \
        organizers and theirs to you.
        """
}
