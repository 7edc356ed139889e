import Foundation
import Notebook
import Testing

@Suite("An action")
struct ActionTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        for name in ["Rosa Alvarez", "Denise Cole", "Bo Lind", "Sara Yusuf", "Luis Ortiz"] {
            try ana.succeed("person", "add", name)
        }
        try ana.succeed(
            "action", "add", "Assembly at St. Mark", "--on", "in 1 week", "--goal", "200",
            "--kind", "public meeting", "--chair", "Rosa")
    }

    /// The day has come.
    private func hold() throws {
        let actions = try #require(try ana.json("action")["actions"] as? [[String: Any]])
        try ana.succeed("edit", #require(actions[0]["id"] as? String), "on=today")
    }

    private func turnout(of leader: String? = nil) throws -> [String: Int] {
        let sheet = try ana.json("action", "show", "Assembly")
        guard let leader else { return try #require(sheet["turnout"] as? [String: Int]) }
        let leaders = try #require(sheet["leaders"] as? [[String: Any]])
        let found = leaders.first { $0["name"] as? String == leader }
        return try #require(found?["turnout"] as? [String: Int])
    }

    private func status(of name: String) throws -> String? {
        let sheet = try ana.json("action", "show", "Assembly")
        let people = try #require(sheet["people"] as? [[String: Any]])
        let found = people.filter { $0["name"] as? String == name }
        #expect(found.count < 2)
        return found.first?["status"] as? String
    }

    @Test("A week before: leaders pledge, and those whom they name are called twice")
    func before() throws {
        let pledged = try ana.succeed(
            "action", "pledge", "Assembly", "Rosa", "10", "--names", "Bo,Her cousin")
        #expect(pledged.contains("By name: Bo Lind and Her cousin."), "\(pledged)")
        #expect(try turnout(of: "Rosa Alvarez")["pledged"] == 10)
        #expect(try status(of: "Bo Lind") == "pledged")
        // His name is kept with him alone.
        let pledges = try ana.succeed("export").split(separator: "\n").filter {
            $0.contains("\"turnoutPledge\"")
        }.joined()
        #expect(pledges.contains("Her cousin") && !pledges.contains("Bo Lind"))
        // She thinks again: twelve in all, not ten and twelve.
        try ana.succeed("action", "pledge", "Assembly", "Rosa", "12")
        try ana.succeed("action", "pledge", "Assembly", "Denise", "8")
        #expect(try turnout()["pledged"] == 20)
        // She is one of her own twelve.
        try ana.succeed("action", "confirm", "Assembly", "Rosa")
        #expect(try turnout()["pledged"] == 20)
        #expect(try turnout(of: "Rosa Alvarez")["confirmed"] == 1)
        try ana.succeed("action", "invite", "Assembly", "Luis", "--brought-by", "Denise")
        try ana.succeed("action", "confirm", "Assembly", "Bo", "Sara", "--brought-by", "Rosa")
        try ana.succeed("action", "confirm", "Assembly", "Bo", "--double", "--role", "testimony")
        #expect(try status(of: "Bo Lind") == "doubleConfirmed")
        #expect(try turnout(of: "Rosa Alvarez")["confirmed"] == 3)
        // A first call after the second takes nothing back.
        let again = try ana.succeed("action", "confirm", "Assembly", "Bo")
        #expect(again.contains("Bo Lind: confirmed twice already."))
        #expect(try status(of: "Bo Lind") == "doubleConfirmed")
        // That Denise names Bo too does not take him from Rosa.
        try ana.succeed("action", "pledge", "Assembly", "Denise", "8", "--names", "Bo")
        #expect(try turnout(of: "Rosa Alvarez")["confirmed"] == 3)
        let page = try ana.succeed("action", "show", "Assembly")
        #expect(page.contains("20 pledged, 3 confirmed, 0 came; the goal is 200."))
        #expect(page.contains("testimony"))
        let report = try #require(try ana.json("report", "turnout-ladder")["rows"] as? [Any])
        #expect(report.isEmpty)
        let list = try ana.succeed("action")
        #expect(list.contains("Assembly at St. Mark"))
    }

    @Test("On the evening: who had said so came, others walked in, some stayed away")
    func evening() throws {
        try ana.succeed("action", "pledge", "Assembly", "Rosa", "10", "--names", "Sara Yusuf")
        try ana.succeed("action", "confirm", "Assembly", "Bo", "Luis", "--brought-by", "Rosa")
        let early = try ana.run("action", "came", "Assembly", "Bo")
        #expect(early.code == 1)
        #expect(early.errors.contains("\((Days.today + 7).short(today: nil)) has not come yet."))
        try hold()
        try ana.succeed("action", "came", "Assembly", "Bo", "Sara", "Denise")
        #expect(try status(of: "Bo Lind") == "attended")
        #expect(try status(of: "Sara Yusuf") == "attended")
        #expect(try status(of: "Denise Cole") == "walkIn")
        try ana.succeed("action", "came", "Assembly", "--count", "5", "--brought-by", "Rosa")
        try ana.succeed("action", "came", "Assembly", "--count", "2")
        let luis = try ana.succeed("action", "noshow", "Assembly", "Luis")
        #expect(!luis.contains("Nobody had written down"))
        try ana.succeed("action", "came", "Assembly", "Nora New", "--new")
        let rosa = try turnout(of: "Rosa Alvarez")
        #expect(rosa == ["pledged": 10, "confirmed": 2, "came": 7, "walkIns": 0, "noShows": 1])
        #expect(try turnout()["walkIns"] == 4)
        // The report counts the same.
        let rows = try #require(try ana.json("report", "turnout")["rows"] as? [[String: Any]])
        let row = try #require(rows.first { $0["leader"] as? String == "Rosa Alvarez" })
        #expect(row["pledged"] as? Int == 10)
        #expect(row["confirmed"] as? Int == 2)
        #expect(row["came"] as? Int == 7)
    }

    @Test("Who came to something long ago came on its day; whom nobody brings is without a leader")
    func longAgo() throws {
        try hold()
        let actions = try #require(try ana.json("action")["actions"] as? [[String: Any]])
        try ana.succeed("edit", #require(actions[0]["id"] as? String), "on=40 days ago")
        try ana.succeed("action", "came", "Assembly", "Bo", "--count", "3")
        let records = try ana.json("record", "list", "attendance").list("records")
        let days = records.compactMap { ($0["fields"] as? [String: Any])?["on"] as? String }
        #expect(days == ["\(Days.today + -40)", "\(Days.today + -40)"])
        #expect(try ana.succeed("action", "show", "Assembly").contains("without a leader"))
    }

    @Test(
        "How many came whom nobody named is set, for each leader by herself, and what it was is said"
    )
    func count() throws {
        try hold()
        try ana.succeed("action", "pledge", "Assembly", "Rosa", "10")
        try ana.succeed("action", "came", "Assembly", "--count", "8")
        let again = try ana.succeed("action", "came", "Assembly", "--count", "8")
        #expect(again.contains("8 without a name: all walked in already."), "\(again)")
        let less = try ana.succeed("action", "came", "Assembly", "--count", "5")
        #expect(less.contains("5 without a name, instead of 8: all walked in."), "\(less)")
        try ana.succeed("action", "came", "Assembly", "--count", "3", "--brought-by", "Rosa")
        let more = try ana.json(
            "action", "came", "Assembly", "--count", "4", "--brought-by", "Rosa")
        #expect(try more.list("people").first?["before"] as? Int == 3)
        #expect(try turnout()["walkIns"] == 5)
        #expect(try turnout(of: "Rosa Alvarez")["came"] == 4)
        try ana.succeed("undo")
        #expect(try turnout(of: "Rosa Alvarez")["came"] == 3)
    }

    @Test("Of a no-show whom nobody expected that is said")
    func unexpected() throws {
        try hold()
        try ana.succeed("action", "confirm", "Assembly", "Luis")
        let said = try ana.succeed("action", "noshow", "Assembly", "Luis", "Bo")
        #expect(said.contains("Nobody had written down that they would come: Bo Lind."), "\(said)")
    }

    @Test("Who stayed away did so, also when a list comes late; who was there was not, after all")
    func late() throws {
        try hold()
        try ana.succeed("action", "confirm", "Assembly", "Luis", "Bo")
        try ana.succeed("action", "noshow", "Assembly", "Luis")
        try ana.succeed("action", "pledge", "Assembly", "Rosa", "2", "--names", "Luis,Bo")
        try ana.succeed("action", "confirm", "Assembly", "Luis")
        #expect(try status(of: "Luis Ortiz") == "noShow")
        try ana.succeed("action", "came", "Assembly", "Bo")
        let said = try ana.succeed("action", "noshow", "Assembly", "Bo")
        #expect(said.contains("Until now it was written down that they came: Bo Lind."), "\(said)")
    }

    @Test("An export has who had said yes, whatever became of them")
    func exported() throws {
        try ana.succeed("action", "confirm", "Assembly", "Bo", "Luis")
        try hold()
        try ana.succeed("action", "came", "Assembly", "Bo")
        try ana.succeed("action", "noshow", "Assembly", "Luis")
        let export = try ana.succeed("export")
        let other = try Laptop(named: "Ben Okafor")
        #expect(try other.run(["import", "-"], input: export).code == 0)
        let reports = try [ana, other].map { try $0.succeed("report", "turnout", "--csv") }
        #expect(reports[0] == reports[1])
        #expect(try other.succeed("export").contains("\"before\""))
    }

    @Test("Numbers that were added up before become one")
    func counts() throws {
        try hold()
        for number in ["8", "9"] {
            try ana.succeed(
                "record", "add", "attendance", "event=Assembly", "status=walkIn", "count=\(number)")
        }
        #expect(try turnout()["walkIns"] == 17)
        #expect(
            try ana.succeed("action", "came", "Assembly", "--count", "8")
                .contains("8 without a name, instead of 17: all walked in."))
        #expect(try turnout()["walkIns"] == 8)
    }

    @Test("One slip on the evening is taken back whole")
    func slip() throws {
        try hold()
        try ana.succeed("action", "came", "Assembly", "Bo", "Sara", "--count", "3")
        #expect(try turnout()["walkIns"] == 5)
        try ana.succeed("undo")
        #expect(try turnout()["walkIns"] == 0)
    }

    @Test("Who is not known, or is several, is said, and nothing is written")
    func unclear() throws {
        try hold()
        try ana.succeed("person", "add", "Bo Diaz")
        let several = try ana.run("action", "came", "Assembly", "Sara", "Bo")
        #expect(several.code == 1)
        #expect(several.errors.contains("Bo Diaz"))
        #expect(try ana.run("action", "came", "Assembly", "Nobody").code == 1)
        #expect(try ana.run("action", "came", "Assembly").code == 64)
        #expect(try ana.run("action", "confirm", "Assembly").code == 64)
        #expect(try ana.run("action", "came", "Assembly", "--count", "0").code == 1)
        #expect(try ana.run("action", "pledge", "Assembly", "Rosa", "many").code == 64)
        #expect(try ana.run("action", "show", "Vigil").errors.contains("There is no action called"))
        #expect(try turnout()["walkIns"] == 0)
    }

    @Test("Of two actions of one name it says the days")
    func sameName() throws {
        try ana.succeed("action", "add", "Assembly at St. Mark", "--on", "in 8 weeks")
        let outcome = try ana.run("action", "show", "Assembly")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains((Days.today + 56).short(today: Days.today)))
    }

    @Test("Before they go home they evaluate, and add to it the day after")
    func evaluated() throws {
        let early = try ana.run("action", "evaluate", "Assembly", "--feelings", "proud")
        #expect(early.code == 1 && early.errors.contains("has not come yet"), "\(early.errors)")
        try hold()
        let before = try ana.run(
            "action", "evaluate", "Assembly", "--feelings", "proud", "--on", "3 weeks ago")
        #expect(before.code == 1 && before.errors.contains("is before the action"))
        let first = try ana.json(
            "action", "evaluate", "Assembly", "--feelings", "proud,tired", "--power", "more",
            "--reaction", "She said yes to two of three.")
        let second = try ana.json("action", "evaluate", "Assembly", "--lessons", "Start on time.")
        #expect(first["id"] as? String == second["id"] as? String)
        let id = try #require(first["id"] as? String)
        let fields = try #require(try ana.json("record", "show", id)["fields"] as? [String: Any])
        #expect((fields["feelings"] as? [String])?.sorted() == ["proud", "tired"])
        #expect(fields["lessons"] as? String == "Start on time.")
        #expect(fields["on"] as? String == "\(Days.today)")
        let page = try ana.succeed("action", "show", "Assembly")
        #expect(page.contains("Start on time."))
        let shown = try ana.json("action", "show", "Assembly")["evaluation"] as? [String: Any]
        #expect(shown?["id"] as? String == id)
        #expect(try ana.run("action", "evaluate", "Assembly").code == 64)
        #expect(
            try ana.run("action", "evaluate", "Assembly", "--power", "huge").errors
                .contains("more, same or less"))
    }
}
