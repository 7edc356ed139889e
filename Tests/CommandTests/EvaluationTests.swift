import Foundation
import Testing

/// Somebody wants to know how good detection is before they trust it.
@Suite("Measuring how well duplicates are found")
struct EvaluationTests {
    private let laptop: Laptop

    init() throws {
        laptop = try Laptop(named: nil)
    }

    private static let list = """
        Person ID,First Name,Last Name,Phone,Email,Comment
        1,José,Núñez,612-555-0142,,first list
        1,Pepe,Nunez,(612) 555-0142,,second list
        2,Rosalba,Quiroga,651-555-0177,rosalba@example.org,
        2,Rosalba,Kiroga,,rosalba@example.org,
        ,Ana,Quiroga,651-555-0177,,her sister
        3,Henry,Thornbury,,,
        3,Wilma,Brambley,,,not to be found

        """

    private func file(_ text: String, _ name: String = "people.csv") throws -> String {
        let path = "\(laptop.home)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func measure(_ text: String, truth: String = "Person ID") throws -> Outcome {
        try laptop.run("person", "duplicates", "--evaluate", file(text), "--truth", truth, "--json")
    }

    @Test("A labelled list gives the figures, without any notebook")
    func figures() throws {
        let outcome = try measure(Self.list)
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let document = try outcome.document()
        let counts = ["rows", "pairs", "truePositives", "falsePositives", "falseNegatives"]
            .map { document[$0] as? Int }
        #expect(counts == [7, 2, 2, 0, 1])
        #expect(document["precision"] as? Double == 1)
        #expect(abs((document["recall"] as? Double ?? 0) - 2.0 / 3) < 1e-9)
        #expect(abs((document["f1"] as? Double ?? 0) - 0.8) < 1e-9)
        #expect(document["threshold"] as? Double == 0.8)
        #expect(!FileManager.default.fileExists(atPath: laptop.notebook))
        let page = try laptop.succeed(
            "person", "duplicates", "--evaluate", file(Self.list), "--truth", "person id")
        #expect(page.contains("Precision  1.0000\nRecall     0.6667\nF1         0.8000\n"))
        #expect(page.contains("Of 7 people 2 pairs would be proposed"))
    }

    @Test("The column with the answers is no evidence, whatever it is called")
    func answers() throws {
        let list = "Name,Email\nAna Quiroga,a@example.org\nHenry Thornbury,a@example.org\n"
        let document = try measure(list, truth: "Email").document()
        #expect(document["pairs"] as? Int == 0 && document["falseNegatives"] as? Int == 1)
    }

    @Test(
        "What cannot be measured says why",
        arguments: [
            (
                list, "Cluster",
                "has no column called \"Cluster\". Its columns are: Person ID | First Name"
            ),
            ("Person ID,Name\n1,Ana\n", "Person ID", "1 row could be read"),
            ("Person ID,Name\n", "Person ID", "0 rows could be read"),
            ("Person ID,Name\n,Ana\n,Luis\n", "Person ID", "is empty in every row"),
            ("", "Person ID", "There is nothing in"),
            ("Cluster,Comment\n1,x\n1,y\n", "Cluster", "is known to hold a name"),
        ])
    func refused(_ text: String, _ truth: String, _ words: String) throws {
        let outcome = try measure(text, truth: truth)
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        let errors = outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.hasPrefix("Error: ") && errors.contains(words), "\(errors)")
    }

    @Test("A file that is not there, a folder, and half a command are refused")
    func noFile() throws {
        let missing = try laptop.run(
            "person", "duplicates", "--evaluate", "nowhere.csv", "--truth", "a")
        #expect(missing.code == 1 && missing.errors.contains("cannot be read"))
        let folder = try laptop.run(
            "person", "duplicates", "--evaluate", laptop.home, "--truth", "a")
        #expect(folder.code == 1 && folder.errors.contains("is a folder"))
        #expect(try laptop.run("person", "duplicates", "--evaluate", file(Self.list)).code == 64)
        #expect(try laptop.run("person", "duplicates", "--truth", "Person ID").code == 64)
    }
}
