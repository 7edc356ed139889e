import Foundation
import Testing

@Suite("A turf on paper")
struct SheetTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        try ana.succeed("turf", "add", "North Side")
        try ana.succeed(
            "person", "add", "Rosa Alvarez", "--phone", "612-555-0199", "--turf", "north")
        try ana.succeed("person", "add", "<b>Luis</b> & \"Co\"", "--turf", "north")
        try ana.succeed("met", "Rosa", "--on", "40 days ago", "--next", "call her")
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring five", "--due", "yesterday")
    }

    @Test("has each one's number, code, phone, last meeting and debts, and lines to write on")
    func printed() throws {
        let page = try ana.succeed("turf", "North", "--print")
        for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(page.hasPrefix("North Side\n2 people, printed "))
        #expect(page.contains("612-555-0199"))
        #expect(page.contains("    Next: call her\n") && page.contains("    Owes: bring five ("))
        #expect(page.contains("    Never met.\n"))
        #expect(page.components(separatedBy: String(repeating: "_", count: 72)).count == 5)
    }

    @Test("gives a code by which the notebook takes back what was written there")
    func code() throws {
        let page = try ana.succeed("turf", "North", "--print")
        let rosa = try #require(page.split(separator: "\n").first { $0.contains("Rosa") })
        let code = try #require(rosa.split(separator: " ").last).description
        let id = try #require(ana.json("person", "show", "Rosa").text("id"))
        #expect(id.hasSuffix(code) && code.count >= 6)
        #expect(page.contains("fieldbook met "))
        #expect(try ana.json("met", code, "--summary", "Her son.").text("person") == id)
    }

    @Test("is a page for a browser too, in one piece, with every name as it is written")
    func html() throws {
        let file = "\(ana.home)/sheet.html"
        let document = try ana.json("turf", "North", "--html", file)
        #expect(document.text("file") == file && document["people"] as? Int == 2)
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("&lt;b&gt;Luis&lt;/b&gt; &amp; &quot;Co&quot;"))
        #expect(!page.contains("<b>") && page.contains("@media print"))
        for part in ["src=", "href=", "url(", "<script", "http"] {
            #expect(!page.replacing("http-equiv", with: "").contains(part), "\(part)")
        }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test(
        "is of one turf, and goes to one place",
        arguments: [
            (["--print"], Int32(64), "Name the turf that is to be on paper."),
            (["north", "--print", "--json"], 64, "Say --print alone"),
            (["north", "--html", "/"], 1, "is a folder. Name a file in it."),
            (["nowhere", "--print"], 1, "nowhere"),
        ])
    func refusals(_ arguments: [String], _ code: Int32, _ words: String) throws {
        let outcome = try ana.run(["turf"] + arguments)
        #expect(outcome.code == code)
        #expect(
            outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .contains(words), "\(outcome.errors)")
    }

    @Test("is empty for a turf without people")
    func empty() throws {
        try ana.succeed("turf", "add", "South Side")
        #expect(
            try ana.succeed("turf", "South", "--print").hasPrefix("South Side\n0 people, printed "))
    }
}
