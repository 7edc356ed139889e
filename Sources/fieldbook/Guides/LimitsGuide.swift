import ArgumentParser
import Wording

struct LimitsGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: said("What Fieldbook will not do."),
        discussion: laidOut)

    static let page: Phrase = """
        It asks for no immigration status, no health and no criminal record, and keeps no photos. \
        Do not write them into notes either: what is not written cannot leak.

        It rates nobody by machine. An assessment is a person's judgement, with a name and a date, \
        and organizers alone read it.

        It sends no messages, no mass mail and no texts. Relationships are built by people who \
        call each other.

        It merges nobody by itself, and throws away nobody's words: when two write different \
        things apart, both are kept until a person settles it.

        It does not protect an unlocked laptop. Lock the screen, encrypt the disk, and tell the \
        hub's keeper the same day when a laptop is lost.

        It does not hide anything from your congregation's hub: whoever keeps the hub can read \
        what organizers write. Leaders see their own turf and what all members share, never \
        assessments or reflections.

        It does not forget by itself. When somebody asks to be forgotten, an organizer with the \
        admin role erases them everywhere: "fieldbook person erase". Paper and older backups are \
        yours to destroy.

        It needs no account with a company, and no network for weeks.
        """
}
