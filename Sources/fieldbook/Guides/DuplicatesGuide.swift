import ArgumentParser
import Wording

struct DuplicatesGuide: Guide {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: said("Merging people who are here twice."),
        discussion: laidOut)

    static let page: Phrase = """
        Two people write Rosa down, each on a laptop without a network: she is here twice. \
        Fieldbook proposes such pairs with what speaks for it, and never merges by itself: two \
        people at one address, or with one phone, are often mother and daughter.

        See the pairs:
          fieldbook person duplicates

        Look at both before you decide; nothing is changed until you say so.

        One person: both entries stay as they were written, and lists show them as one, with all \
        meetings and promises of both. Name the two by the ids that the list shows: "fieldbook \
        person merge" and both ids.

        Two people: "fieldbook person distinct" and both ids. The pair is not proposed again, on no \
        laptop.

        You were wrong: "fieldbook person unmerge" gives both back as they were. When somebody \
        else says the opposite meanwhile, that is shown, and until it is settled they are two.
        """
}
