import Foundation
import Notebook
import Testing

/// Everything that organizing writes down beside people, meetings and promises.
@Suite("Records of every kind")
struct RecordTests {
    private struct Outcome: Decodable {
        let id: String
        let kind: String
        let title: String
    }

    private struct Shown: Decodable {
        let title: String
        let fields: [String: Value]

        enum Value: Decodable, Equatable {
            case text(String)
            case number(Int)
            case list([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) {
                    self = .number(number)
                } else if let list = try? container.decode([String].self) {
                    self = .list(list)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
    }

    private func add(_ laptop: Laptop, _ kind: String, _ fields: String...) throws -> Outcome {
        let outcome = try laptop.run(["record", "add", kind] + fields + ["--json"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Outcome.self, from: Data(outcome.output.utf8))
    }

    private func show(_ laptop: Laptop, _ record: String) throws -> Shown {
        try JSONDecoder().decode(
            Shown.self, from: Data(laptop.succeed("record", "show", record, "--json").utf8))
    }

    @Test("Of a field with several values a sign says whether they come, go, or take the place")
    func several() throws {
        let ana = try Laptop()
        try ana.succeed("person", "add", "Bo Lind", "--tag", "choir,host")
        func tags() throws -> [String] {
            try #require(ana.json("person", "show", "Bo")["tags"] as? [String]).sorted()
        }
        try ana.succeed("edit", "Bo", "tags=host,driver")
        #expect(try tags() == ["driver", "host"])
        try ana.succeed("edit", "Bo", "tags+=choir")
        try ana.succeed("edit", "Bo", "tags-=host")
        #expect(try tags() == ["choir", "driver"])
        try ana.succeed("edit", "Bo", "tags=")
        #expect(try tags().isEmpty)
    }

    @Test("From a concern to a demand and its answer")
    func campaign() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        let issue = try add(laptop, "issue", "title=Bus stops", "status=heard", "winnable=4")
        let concern = try add(
            laptop, "concern", "words=The 14 stopped", "person=Rosa", "intensity=5",
            "issue=Bus stops")
        #expect(concern.title == "The 14 stopped")
        _ = try add(laptop, "campaign", "name=Bring back the 14", "issue=bus")
        _ = try add(laptop, "actor", "name=Dana Wolfe", "kind=official")
        let action = try add(
            laptop, "action", "title=Assembly", "campaign=Bring back", "on=2026-03-01",
            "kind=public meeting", "targets=mayor, transit board")
        let demand = try add(
            laptop, "demand", "wording=Bring the 14 back by May", "decision maker=Dana",
            "askedAt=Assembly", "by=2027-05-01")
        try laptop.succeed(
            "record", "edit", String(demand.id.suffix(8)), "answer=Partial",
            "verbatim=We will look at it.")
        let shown = try show(laptop, demand.id)
        #expect(shown.fields["answer"] == .text("partial"))
        #expect(shown.fields["askedAt"] == .text(action.id))
        #expect(try show(laptop, issue.id).fields["winnable"] == .number(4))
        #expect(
            try show(laptop, action.id).fields["targets"] == .list(["mayor", "transit board"]))
        #expect(try laptop.succeed("record", "show", demand.id).contains("Dana Wolfe"))
        #expect(try laptop.succeed("record", "list", "actions").contains("Assembly"))
        #expect(try laptop.succeed("find", "look at it").contains("Bring the 14 back"))
    }

    @Test("A record is named by what it names when it has no name of its own")
    func titles() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        _ = try add(laptop, "action", "title=Assembly")
        let came = try add(
            laptop, "attendance", "person=Rosa", "event=Assembly", "status=attended",
            "on=2026-03-01")
        #expect(came.title == "attendance of Rosa Alvarez: Assembly, 2026-03-01")
    }

    @Test(
        "What a field does not take is said with what it takes",
        arguments: [
            (["issue", "title=Bus", "status=maybe"], "heard, exploring, cut, campaign or dropped"),
            (["concern", "words=Bus", "intensity=7"], "It is 1 to 5"),
            (["concern", "words=Bus", "person=Nobody"], "Nobody here is called"),
            (["issue", "title="], "The issue's title is empty"),
            (["issue", "category=transit"], "The issue's title is empty"),
            (["issue", "title=Bus", "colour=red"], "has a field \"colour\""),
            (["issue", "Bus"], "is not like field=value"),
            (["miracle", "title=Bus"], "no kind of record called"),
            (["samePerson", "a=Rosa"], "fieldbook person merge"),
            (["action", "title=A", "title+=B"], "holds one value"),
        ])
    func refuses(_ words: [String], _ advice: String) throws {
        let laptop = try Laptop()
        let outcome = try laptop.run(["record", "add"] + words)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(advice), "\(outcome.errors)")
    }

    @Test("A record opens in an editor, and what changed there is changed, field by field")
    func editor() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        let action = try add(
            laptop, "action", "title=Assembly", "on=2026-03-01", "targets=mayor", "chair=Rosa")
        let editor = """
            sed -i -e 's/^title: .*/title: Great assembly/' -e 's/^on: .*/on:/' \
            -e 's/^agenda:.*/agenda:\\n  Welcome\\n\\n  Pin/' -e 's/  - mayor/  - mayor\\n  - board/'
            """
        let outcome = try laptop.run(
            ["record", "edit", action.id], environment: ["EDITOR": editor])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let shown = try show(laptop, action.id)
        #expect(shown.title == "Great assembly")
        #expect(shown.fields["on"] == nil)
        #expect(shown.fields["agenda"] == .text("Welcome\n\nPin"))
        #expect(shown.fields["targets"] == .list(["board", "mayor"]))
        #expect(shown.fields["chair"] != nil)
        // A field that the editor left alone was not written again.
        let history = try laptop.succeed("history", action.id)
        #expect(history.components(separatedBy: "chair").count == 2)
        #expect(try laptop.run("record", "edit", action.id).code == 1)
    }

    @Test("What an editor wrote and nobody can read is kept, and opened again")
    func unreadable() throws {
        let laptop = try Laptop()
        let issue = try add(laptop, "issue", "title=Bus stops")
        let first = try laptop.run(
            ["record", "edit", issue.id],
            environment: ["EDITOR": "sed -i 's/^status:/status: soon/'"])
        #expect(first.code == 1)
        #expect(first.errors.contains("Your text is kept"))
        let second = try laptop.run(
            ["record", "edit", issue.id], environment: ["EDITOR": "sed -i 's/soon/cut/'"])
        #expect(second.code == 0, "\(second.errors)")
        #expect(try show(laptop, issue.id).fields["status"] == .text("cut"))
    }

    @Test("A field that is misspelt in the editor is guessed, and nothing is lost")
    func misspelt() throws {
        let laptop = try Laptop()
        let issue = try add(laptop, "issue", "title=Bus stops")
        let first = try laptop.run(
            ["record", "edit", issue.id],
            environment: ["EDITOR": "sed -i 's/^status:/statsu: cut/'"])
        #expect(first.code == 1)
        #expect(first.errors.contains("Did you mean \"status:\"?"), "\(first.errors)")
        #expect(first.errors.contains("Your text is kept"))
    }

    @Test("What was deleted comes back")
    func deletes() throws {
        let laptop = try Laptop()
        let issue = try add(laptop, "issue", "title=Bus stops")
        try laptop.succeed("record", "delete", issue.id)
        #expect(try laptop.succeed("record", "list", "issue").contains("No issues here yet"))
        try laptop.succeed("record", "restore", issue.id)
        let here = try laptop.run("record", "restore", issue.id)
        #expect(here.code == 1 && here.errors.contains("was not deleted. Nothing was changed."))
        #expect(try show(laptop, issue.id).title == "Bus stops")
    }

    @Test("Two votes in one body are told apart by who votes, and the kind says so")
    func votes() throws {
        let laptop = try Laptop()
        for name in ["Olsen", "Ruiz"] {
            try laptop.succeed("record", "add", "actor", "name=\(name)")
            try laptop.succeed(
                "record", "add", "vote", "body=City Council", "member=\(name)", "position=leanYes")
        }
        let list = try laptop.succeed("record", "list", "vote")
        for name in ["Olsen", "Ruiz"] {
            #expect(list.contains("vote of \(name): City Council"), "\(list)")
        }
        let kind = try laptop.succeed("record", "kinds", "vote")
        #expect(kind.contains("who votes (member)    actor, by name or id\n"), "\(kind)")
    }

    @Test("An answer to a survey lies on its scale")
    func beyondScale() throws {
        let laptop = try Laptop()
        _ = try add(
            laptop, "surveyInstrument", "name=Partners", "items=trust,shared work", "scale=1-5")
        _ = try add(laptop, "surveyWave", "name=Spring", "instrument=Partners", "end=today")
        let refused = try laptop.run(
            "record", "add", "surveyResponse", "wave=Spring", "scores=4,99")
        #expect(refused.code == 1 && refused.errors.contains("99 lies outside it"))
        let answer = try add(laptop, "surveyResponse", "wave=Spring", "scores=4,5")
        #expect(try laptop.run("edit", answer.id, "scores=0,5").code == 1)
        #expect(try laptop.json("record", "list", "surveyResponse").list("records").count == 1)
    }

    @Test("A survey that is under way is in the report")
    func runningWave() throws {
        let laptop = try Laptop()
        _ = try add(laptop, "surveyInstrument", "name=Partners", "items=trust", "scale=1-5")
        _ = try add(
            laptop, "surveyWave", "name=Spring", "instrument=Partners", "start=3 days ago",
            "end=in 2 days")
        for _ in 0..<5 {
            _ = try add(laptop, "surveyResponse", "wave=Spring", "scores=4", "on=yesterday")
        }
        #expect(try laptop.succeed("report", "survey").contains("Spring"))
    }

    @Test("An answer has numbers, and says of nobody whose it is where the survey is anonymous")
    func anonymous() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        _ = try add(laptop, "surveyInstrument", "name=Partners", "items=trust", "anonymous=yes")
        _ = try add(laptop, "surveyWave", "name=Spring", "instrument=Partners", "end=today")
        let named = try laptop.run(
            "record", "add", "surveyResponse", "wave=Spring", "scores=4", "person=Rosa")
        #expect(named.code == 1 && named.errors.contains("\"Partners\" is anonymous"))
        let word = try laptop.run("record", "add", "surveyResponse", "wave=Spring", "scores=high")
        #expect(word.code == 1 && word.errors.contains("\"high\" is no score"))
        let answer = try add(laptop, "surveyResponse", "wave=Spring", "scores=4 -")
        #expect(try laptop.run("edit", answer.id, "person=Rosa").code == 1)
        let rosa = try #require(laptop.json("person", "show", "Rosa").text("id"))
        let file = "\(laptop.home)/answer.ndjson"
        try Data(
            #"{"fields":{"person":"\#(rosa)"},"id":"\#(answer.id)","kind":"surveyResponse"}"#.utf8
        ).write(to: URL(filePath: file))
        let imported = try laptop.run("import", file, "--json").document()
        #expect(imported["rejected"] as? Int == 1, "\(imported)")
    }

    @Test("A survey whose answers name people does not become anonymous")
    func namedBefore() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        let survey = try add(laptop, "surveyInstrument", "name=Partners", "items=trust")
        _ = try add(laptop, "surveyWave", "name=Spring", "instrument=Partners", "end=today")
        let answer = try add(laptop, "surveyResponse", "wave=Spring", "scores=4", "person=Rosa")
        let refused = try laptop.run("edit", survey.id, "anonymous=yes")
        #expect(refused.code == 1 && refused.errors.contains("1 answer names a person"))
        try laptop.succeed("edit", answer.id, "person=")
        try laptop.succeed("edit", survey.id, "anonymous=yes")
    }

    @Test("A number that is too large is answered with the largest there is")
    func tooLarge() throws {
        let laptop = try Laptop()
        for number in ["1000001", "99999999999999999999"] {
            let refused = try laptop.run("record", "add", "team", "name=Core", "goal=\(number)")
            #expect(refused.code == 1)
            #expect(
                refused.errors.contains("\(number) is no goal here. It is 1 to 1000000."),
                "\(refused.errors)")
        }
        #expect(try laptop.succeed("record", "kinds", "team").contains("1 to 1000000"))
    }

    @Test("What was measured is a number, however its decimals are written")
    func figures() throws {
        let laptop = try Laptop()
        _ = try add(laptop, "indicator", "name=Homes", "unit=homes")
        let refused = try laptop.run(
            "record", "add", "measurement", "indicator=Homes", "value=abc")
        #expect(refused.code == 1 && refused.errors.contains("\"abc\" is not a figure"))
        for (typed, written) in [("12,5", "12.5"), ("1,200", "1200"), ("47 %", "47%")] {
            let one = try add(laptop, "measurement", "indicator=Homes", "value=\(typed)")
            #expect(try show(laptop, one.id).fields["value"] == .text(written))
        }
    }

    @Test("Every kind says what it takes")
    func kinds() throws {
        let laptop = try Laptop()
        let all = try laptop.succeed("record", "kinds")
        for kind in ["demand", "attendance", "surveyWave", "institutionTie"] {
            #expect(all.contains(kind))
        }
        #expect(try laptop.succeed("record", "kinds", "demand").contains("organizers read it"))
        #expect(
            try laptop.succeed("record", "kinds", "stance").contains("-2 to 2"))
    }

    @Test("An edit that changes nothing says so")
    func unchanged() throws {
        let laptop = try Laptop()
        let issue = try add(laptop, "issue", "title=Bus stops", "status=heard")
        #expect(try laptop.succeed("edit", issue.id, "status=heard") == "Nothing was changed.\n")
        #expect(try laptop.succeed("edit", issue.id, "status=cut") == "Changed Bus stops.\n")
    }

    @Test("Nothing was held that lies ahead, and nothing ends before it begins")
    func order() throws {
        let laptop = try Laptop()
        try laptop.succeed("person", "add", "Rosa Alvarez")
        let meeting = try add(laptop, "oneToOne", "person=Rosa", "on=yesterday")
        let later = (Days.today + 3).description
        let ahead = try laptop.run("edit", meeting.id, "on=\(later)")
        #expect(ahead.code == 1)
        #expect(ahead.errors.contains("has not come yet"), "\(ahead.errors)")
        try laptop.succeed("edit", meeting.id, "on=\(later)", "status=scheduled")
        #expect(try laptop.run("edit", meeting.id, "status=held").code == 1)
        #expect(try laptop.run("edit", meeting.id, "status=").code == 1)
        let campaign = try add(
            laptop, "campaign", "name=Stops for all", "start=2026-03-01", "end=2026-05-01")
        let turned = try laptop.run("edit", campaign.id, "end=2026-02-01")
        #expect(turned.code == 1)
        #expect(turned.errors.contains("is before the start"), "\(turned.errors)")
        #expect(
            try laptop.run(
                "record", "add", "campaign", "name=X", "start=2026-03-01", "end=2026-02-01"
            ).code == 1)
        try laptop.succeed("edit", campaign.id, "start=2026-01-01", "end=2026-02-01")
    }

    @Test("What programs write together, people read apart")
    func words() throws {
        let laptop = try Laptop()
        let team = try add(laptop, "team", "name=Clergy", "kind=clergyCaucus")
        #expect(try laptop.succeed("record", "show", team.id).contains("clergy caucus"))
        #expect(try show(laptop, team.id).fields["kind"] == .text("clergyCaucus"))
        try laptop.succeed("edit", team.id, "kind=clergy caucus")
        #expect(try show(laptop, team.id).fields["kind"] == .text("clergyCaucus"))
        let wrong = try laptop.run("edit", team.id, "kind=choir")
        #expect(wrong.errors.contains("clergy caucus"), "\(wrong.errors)")
    }

    @Test("A record of any kind is edited, shown and looked back on by what it is called")
    func titled() throws {
        let laptop = try Laptop()
        try laptop.succeed("campaign", "add", "Stops for all")
        try laptop.succeed("issue", "add", "Bus stops")
        try laptop.succeed("edit", "for all", "budget=100")
        #expect(try laptop.succeed("record", "show", "stops for all").contains("100"))
        #expect(try laptop.succeed("history", "bus stops").contains("Bus stops"))
        let both = try laptop.run("edit", "stops", "notes=late")
        #expect(both.code == 1, "\(both.errors)")
        for word in ["campaign", "issue"] { #expect(both.errors.contains(word), "\(both.errors)") }
        #expect(try laptop.run("edit", "nothing").errors.contains("Nothing here has the id"))
    }
}
