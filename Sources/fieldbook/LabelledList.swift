import Interchange
import Notebook
import Replication
import Store
import Terminal
import Wording

/// A list of people in which a column says who is who.
struct LabelledList {
    private(set) var people: [LinkagePerson] = []
    /// Of each of the people; nil for one who is nobody else.
    private(set) var labels: [String?] = []

    /// Reads a list, its columns guessed as an import does, but for the one that holds the answers. Throws
    /// `InterchangeError` for what is no list of people, and a complaint for one that cannot measure
    /// anything.
    init(_ path: String, truth: String) throws {
        guard !Paths.isFolder(path) else { throw InterchangeError.isFolder(path: path) }
        let source = try SourceFile(path, spoolingIn: Shell.variable("TMPDIR") ?? "/tmp")
        // A list of people has no days.
        let today = Day(number: 0)
        let headings = try PeopleList(source, today: today).headings
        guard
            let column = headings.firstIndex(of: truth)
                ?? headings.firstIndex(where: { Folding.name($0) == Folding.name(truth) })
        else {
            throw Complaint(
                """
                The list "\(path)" has no column called "\(truth)". Its columns are: \
                \(headings.joined(separator: " | ")). Name the one that says who is who with --truth.
                """)
        }
        let list = try PeopleList(source, leavingOut: headings[column], today: today)
        try list.read { entry in
            people.append(LinkagePerson(entry))
            let label = entry.cells.indices.contains(column) ? entry.cells[column] : ""
            labels.append(label.isEmpty ? nil : label)
        }
        try check(path, headings[column])
    }

    private func check(_ path: String, _ column: String) throws {
        guard people.count > 1 else {
            throw Complaint(
                """
                There are not two people in "\(path)" to compare: \
                \(counted(people.count, "row", "rows")) could be read. Name a longer list.
                """)
        }
        guard labels.contains(where: { $0 != nil }) else {
            throw Complaint(
                """
                The column "\(column)" of "\(path)" is empty in every row, so that nothing says who is \
                who. Fill it in with the same text for the rows of one person, or name another one with \
                --truth.
                """)
        }
    }
}

extension LinkagePerson {
    fileprivate init(_ entry: PeopleList.Entry) {
        self.init(
            name: entry.name, given: entry.given, family: entry.family,
            phones: [entry.phone].compactMap { $0 }, emails: [entry.email].compactMap { $0 },
            address: entry.address, institution: entry.institution,
            neighbourhood: entry.neighbourhood, birthday: entry.birthday)
    }
}
