import Foundation
import Notebook
import Testing

/// What an organizer writes down every week beside meetings and promises, each in one command.
@Suite("From listening to a demand that was kept")
struct NounTests {
    let ana: Laptop

    init() throws {
        ana = try Laptop()
        for name in ["Rosa Alvarez", "Bo Lind", "Karin Olsen", "Dana Wolfe"] {
            try ana.succeed("person", "add", name)
        }
    }

    private func fields(_ id: String) throws -> [String: Any] {
        try #require(try ana.json("record", "show", id)["fields"] as? [String: Any])
    }

    private func related(_ noun: String, _ name: String, _ kind: String) throws -> [[String: Any]] {
        let all = try #require(try ana.json(noun, "show", name)["related"] as? [[String: Any]])
        return all.filter { $0["kind"] as? String == kind }
            .compactMap { $0["fields"] as? [String: Any] }
    }

    private func id(_ arguments: String...) throws -> String {
        let outcome = try ana.run(arguments + ["--json"])
        #expect(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return try #require(try outcome.document()["id"] as? String)
    }

    @Test("Many concerns in the same words become one issue, which is cut by its test")
    func issue() throws {
        let first = try id("concern", "add", "The 14 stopped", "--from", "Rosa", "--intensity", "5")
        let second = try id("concern", "add", "the 14 stopped!", "--from", "Bo")
        let issue = try id("issue", "add", "Bus stops", "--category", "transit")
        #expect(try fields(issue)["status"] as? String == "heard")
        #expect(try fields(first)["on"] as? String == "\(Days.today)")
        let linked = try ana.json("concern", "link", "The 14 stopped", "--issue", "bus")
        #expect((linked["concerns"] as? [String])?.sorted() == [first, second].sorted())
        #expect(try related("issue", "Bus", "concern").count == 2)
        let page = try ana.succeed(
            "issue", "cut", "Bus", "--scores", "5,4,3,4,2,1", "--votes", "40")
        #expect(page.contains("passion       5"))
        #expect(page.contains("specific      1"))
        let cut = try fields(issue)
        #expect(cut["status"] as? String == "cut")
        #expect(cut["nonDivisive"] as? Int == 2)
        #expect(cut["cutOn"] as? String == "\(Days.today)")
        try ana.succeed("issue", "cut", "Bus", "--scores", "winnable=5")
        #expect(try fields(issue)["winnable"] as? Int == 5)
        #expect(try fields(issue)["passion"] as? Int == 5)
    }

    @Test(
        "What is no score is said with what is",
        arguments: [
            ("9,9,9,9,9,9", "It is 0 to 5"), ("courage=3", "passion, rooted, anchored, winnable"),
            ("1,2,3,4,5,1,2", "six numbers"), ("5,high", "six numbers"), ("1,2", "six numbers"),
            ("passion=5,3", "six numbers"),
        ])
    func scores(_ scores: String, _ words: String) throws {
        let issue = try id("issue", "add", "Bus stops")
        let outcome = try ana.run("issue", "cut", "Bus", "--scores", scores)
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try fields(issue)["status"] as? String == "heard")
    }

    @Test("A demand is put to a person, answered in their words, and kept or not")
    func demand() throws {
        try ana.succeed("campaign", "add", "Stops for all", "--short-goal", "Three stops")
        let demand = try id(
            "demand", "add", "Will you bring back the three stops?", "--to", "Karin", "--campaign",
            "Stops", "--by", "in 8 weeks")
        // Whoever decides is on the power map now, once.
        try ana.succeed("demand", "add", "Will you meet us again?", "--to", "Olsen")
        let actors = try ana.json("record", "list", "actor")["records"] as? [[String: Any]]
        #expect(actors?.count == 1)
        #expect(try fields(demand)["by"] as? String == "\(Days.today + 56)")
        let early = try ana.run("demand", "kept", "three stops", "yes")
        #expect(early.code == 1)
        #expect(early.errors.contains("has no answer yet"))
        try ana.succeed("action", "add", "Assembly", "--on", "today")
        try ana.succeed("demand", "asked", "three stops", "--at", "Assembly", "--by", "Rosa")
        let answer = try ana.run(
            ["demand", "answer", "three stops", "partial", "--words", "-"],
            input: "I will look at two.\n")
        #expect(answer.code == 0)
        #expect(try fields(demand)["verbatim"] as? String == "I will look at two.")
        try ana.succeed("demand", "kept", "three stops", "partly", "--win", "Two stops")
        #expect(try fields(demand)["kept"] as? String == "partly")
        let chain = try ana.succeed("report", "campaign-chain")
        #expect(chain.contains("partial"))
        #expect(
            try ana.run("demand", "answer", "three stops", "maybe").errors
                .contains("yes, partial, no, evaded or absent"))
        #expect(try ana.run("demand", "add", "Do it", "--to", "Nobody").code == 1)
    }

    @Test("An answer that nobody said was asked for was asked for that day")
    func answered() throws {
        let demand = try id("demand", "add", "Will you come?", "--to", "Karin")
        try ana.succeed("demand", "answer", demand, "yes", "--on", "yesterday")
        #expect(try fields(demand)["askedOn"] as? String == "\(Days.today + -1)")
        #expect(try fields(demand)["answeredOn"] as? String == "\(Days.today + -1)")
        let before = try ana.run("demand", "answer", demand, "no", "--on", "3 days ago")
        #expect(before.code == 1 && before.errors.contains("is before the"), "\(before.errors)")
        #expect(try fields(demand)["answer"] as? String == "yes")
        try ana.succeed("action", "add", "Assembly", "--on", "in 3 days")
        let early = try ana.run("demand", "answer", demand, "no", "--at", "Assembly")
        #expect(early.code == 1 && early.errors.contains("is before the action"))
    }

    @Test("Nobody came to a training on a day before it")
    func attendedBefore() throws {
        try ana.succeed("training", "add", "How to listen", "--on", "yesterday")
        let came = { (day: String) in
            try ana.run(
                "record", "add", "attendance", "person=Karin", "event=How to listen",
                "status=attended", "on=\(day)")
        }
        let before = try came("3 days ago")
        #expect(before.code == 1 && before.errors.contains("is before the training"))
        #expect(try came("yesterday").code == 0)
    }

    @Test("Nobody has come to what is yet to come")
    func attendedAhead() throws {
        let ahead = try ana.run(
            "training", "add", "How to listen", "--on", "in 3 days", "--attended", "Karin")
        #expect(ahead.code == 1 && ahead.errors.contains("has not come yet"), "\(ahead.errors)")
        try ana.succeed("training", "add", "How to listen", "--on", "in 3 days")
    }

    @Test("A campaign's target changes, and the one before stays in the history with why")
    func target() throws {
        try ana.succeed("campaign", "add", "Stops for all")
        try ana.succeed(
            "campaign", "target", "Stops", "Karin", "--why", "Chairs.", "--on", "3 days ago")
        try ana.succeed("campaign", "target", "Stops", "Dana", "--why", "Karin resigned.")
        try ana.succeed(
            "campaign", "target", "Stops", "Karin", "--why", "Dana listens.", "--kind",
            "secondary")
        let targets = try related("campaign", "Stops", "target")
        #expect(targets.count == 3)
        let ended = targets.filter { $0["until"] != nil }
        #expect(ended.count == 1)
        #expect(ended.first?["reason"] as? String == "Chairs.")
        #expect(ended.first?["until"] as? String == "\(Days.today + -1)")
        #expect(try ana.succeed("campaign", "show", "Stops").contains("resigned."))
    }

    @Test("A target that is replaced on its first day was one for that day, and said twice is one")
    func sameDay() throws {
        try ana.succeed("campaign", "add", "Stops for all")
        let first = try id("campaign", "target", "Stops", "Karin", "--why", "Chairs.")
        #expect(
            try id("campaign", "target", "Stops", "Karin", "--why", "Chairs the council.") == first)
        #expect(try related("campaign", "Stops", "target").count == 1)
        #expect(try fields(first)["reason"] as? String == "Chairs the council.")
        try ana.succeed("campaign", "target", "Stops", "Dana", "--why", "Karin resigned.")
        #expect(try fields(first)["until"] as? String == "\(Days.today)")
        // Once more, and the day after as well, she is a new one.
        #expect(try id("campaign", "target", "Stops", "Karin", "--why", "She is back.") != first)
        #expect(try related("campaign", "Stops", "target").count == 3)
        #expect(
            try related("campaign", "Stops", "target").count { $0["until"] == nil } == 1)
    }

    @Test("What was only heard in one-to-ones is linked too, in one act, once for each meeting")
    func heard() throws {
        try ana.succeed("met", "Rosa", "--heard", "Water,light", "--on", "9 days ago")
        try ana.succeed("met", "Bo", "--heard", "water!")
        try ana.succeed("concern", "add", "water", "--from", "Bo")
        try ana.succeed("issue", "add", "Clean water")
        try ana.succeed("campaign", "add", "Water for all", "--issue", "Clean water")
        let linked = try ana.json("concern", "link", "water", "--issue", "Clean")
        // Bo's own concern says already what he said that day.
        #expect((linked["concerns"] as? [String])?.count == 2)
        #expect(linked["written"] as? Int == 1)
        let concerns = try related("issue", "Clean", "concern")
        #expect(concerns.compactMap { $0["words"] as? String }.sorted() == ["Water", "water"])
        #expect(concerns.compactMap { $0["on"] as? String }.contains("\(Days.today + -9)"))
        let chain = try ana.json("report", "campaign-chain").list("rows")
        #expect(chain.first { $0["link"] as? String == "concerns" }?["count"] as? Int == 2)
        let again = try ana.json("concern", "link", "water", "--issue", "Clean")
        #expect(again["written"] as? Int == 0)
        try ana.succeed("undo")
        #expect(try related("issue", "Clean", "concern").isEmpty)
        #expect(try ana.json("concern").list("records").count == 1)
        #expect(try ana.run("concern", "link", "noise", "--issue", "Clean").code == 1)
    }

    @Test("A list line has the title whole, and the few fields that say most; show has the rest")
    func list() throws {
        let wording = "Will you bring back all of the three stops on Lake Street before the winter?"
        try ana.succeed(
            "demand", "add", wording, "--to", "Karin", "--by", "in 8 weeks", "--wanted",
            "Three stops", "--interest", "She was elected by riders of the 14.")
        let list = try ana.succeed("demand", "list")
        #expect(list.split(separator: "\n").count <= 5, "\(list)")
        #expect(list.split(separator: "\n").allSatisfy { $0.count <= 80 })
        for word in wording.split(separator: " ") { #expect(list.contains(word)) }
        #expect(list.contains("Karin Olsen"))
        #expect(!list.contains("elected"))
        #expect(try ana.succeed("demand", "show", "Lake").contains("elected"))
        try ana.succeed("assess", "Rosa", "3", "--basis", "Brought nine.", "--tier", "primary")
        let assessments = try ana.succeed("record", "list", "assessment")
        #expect(assessments.contains("level 3"))
        #expect(assessments.contains("Brought"))
        try ana.succeed("commitment", "add", "Rosa", "--what", "bring chairs", "--due", "friday")
        #expect(try ana.succeed("record", "list", "commitment").contains("bring chairs"))
    }

    @Test("The day on which listeners were trained is shown, and when they came to what was held")
    func days() throws {
        try ana.succeed("listening", "add", "Spring")
        let day = Days.today + -3
        let said = try ana.succeed(
            "listening", "listener", "Spring", "Rosa", "--assigned", "10", "--trained",
            "3 days ago")
        #expect(said.contains("Trained: \(day.short(today: Days.today))."))
        #expect(try ana.succeed("listening", "show", "Spring").contains("trained"))
        try ana.succeed(
            "house-meeting", "add", "At Rosa's", "--on", "40 days ago", "--attended", "Bo")
        let came = try related("house-meeting", "Rosa's", "attendance")
        #expect(came.compactMap { $0["on"] as? String } == ["\(Days.today + -40)"])
    }

    @Test("Listeners, trainings, house meetings and research count in the reports")
    func listening() throws {
        try ana.succeed("listening", "add", "Spring", "--end", "in 6 weeks", "--goal", "150")
        try ana.succeed("listening", "listener", "Spring", "Rosa", "Bo", "--assigned", "10")
        try ana.succeed("listening", "listener", "Spring", "Bo", "--assigned", "6")
        let listeners = try related("listening", "Spring", "listener")
        #expect(listeners.compactMap { $0["assigned"] as? Int }.sorted() == [6, 10])
        try ana.succeed(
            "house-meeting", "add", "At Rosa's", "--host", "Rosa", "--campaign", "Spring",
            "--attended", "Bo,Dana", "--unnamed", "6")
        #expect(try related("house-meeting", "Rosa's", "attendance").count == 2)
        try ana.succeed("training", "add", "How to listen", "--attended", "Rosa, Bo, Rosa")
        #expect(try related("training", "How", "attendance").count == 2)
        try ana.succeed("issue", "add", "Bus stops")
        try ana.succeed(
            "research", "add", "Visit", "--issue", "Bus", "--attended", "Rosa,Bo", "--learned",
            "In March.")
        let rows = try ana.json("report", "research-actions")["rows"] as? [[String: Any]]
        #expect(rows?.first?["people"] as? Int == 2)
        // An occasion and who came to it are one act.
        try ana.succeed("undo")
        #expect(try ana.json("research").list("records").isEmpty)
        #expect(try ana.json("record", "list", "attendance").list("records").count == 4)
    }

    @Test("Whoever came and is not known yet is added, where that is said, or asked at a terminal")
    func newcomers() throws {
        let unknown = try ana.run("house-meeting", "add", "At Rosa's", "--attended", "Bo,Nora New")
        #expect(unknown.code == 1)
        #expect(unknown.errors.contains("Nobody here is called \"Nora New\"."))
        #expect(try ana.json("house-meeting").list("records").isEmpty)
        let added = try ana.run(
            "house-meeting", "add", "At Rosa's", "--attended", "Bo,Nora New", "--new")
        #expect(added.code == 0)
        #expect(added.errors.hasPrefix("Added Nora New ("), "\(added.errors)")
        #expect(try related("house-meeting", "Rosa's", "attendance").count == 2)
        let asked = try ana.typing(
            "y", "training", "add", "How to listen", "--attended", "Luz Nueva")
        #expect(asked.code == 0, "\(asked.shown)")
        #expect(asked.shown.contains("Nobody here is called \"Luz Nueva\" yet. Add them?"))
        #expect(try related("training", "How", "attendance").count == 1)
        let no = try ana.typing("n", "research", "add", "Visit", "--attended", "Zed Quill")
        #expect(no.code == 1)
        let people = try ana.succeed("person", "list")
        #expect(people.contains("Nora New") && people.contains("Luz Nueva"))
        #expect(!people.contains("Zed"))
        // They came and are here by one act.
        try ana.succeed("undo")
        #expect(try !ana.succeed("person", "list").contains("Luz Nueva"))
    }

    @Test("Who keeps the notebook listens too, and says in which campaign she met somebody")
    func listenMyself() throws {
        try ana.succeed("listening", "add", "Spring", "--end", "in 6 weeks", "--goal", "150")
        try ana.succeed("listening", "listener", "Spring", "me", "Rosa", "--assigned", "10")
        try ana.succeed("met", "Bo")
        try ana.succeed("met", "Dana", "--on", "yesterday", "--campaign", "Spring")
        let rows = try ana.json("report", "listening")["rows"] as? [[String: Any]]
        #expect(rows?.first?["heard"] as? Int == 2)
        // A day's urgency has two decimals like any other.
        let stale = try ana.succeed("report", "stale")
        #expect(stale.contains("0.07") && !stale.contains("0.0714"))
    }

    @Test("Who joins a team and leaves it again belonged to it")
    func team() throws {
        try ana.succeed("institution", "add", "St. Mark", "--kind", "congregation")
        try ana.succeed("team", "add", "Core team", "--institution", "Mark", "--kind", "core")
        try ana.succeed("team", "join", "Core", "Rosa", "Bo", "--on", "3 days ago")
        try ana.succeed("team", "join", "Core", "Rosa", "--role", "chair")
        try ana.succeed("team", "leave", "Core", "Bo", "--on", "yesterday")
        let members = try related("team", "Core", "teamMember")
        #expect(members.count == 2)
        #expect(members.compactMap { $0["role"] as? String } == ["chair"])
        #expect(members.compactMap { $0["until"] as? String } == ["\(Days.today + -1)"])
        let outcome = try ana.run("team", "leave", "Core", "Bo")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("Bo Lind is not in Core team."))
        #expect(try ana.succeed("institution", "show", "Mark").contains("Core team"))
    }

    @Test("A goal that is set again is the same goal; one of another day follows it")
    func goal() throws {
        let mine = try id("goal", "set", "one-to-ones", "15")
        #expect(try id("goal", "set", "oneToOnes", "18") == mine)
        try ana.succeed("goal", "set", "leaders", "3", "--everybody", "--period", "year")
        let rows = try #require(try ana.json("report", "goals")["rows"] as? [[String: Any]])
        #expect(rows.compactMap { $0["target"] as? Int }.sorted() == [3, 18])
        #expect(try ana.succeed("plan").contains("18 one-to-ones a week"))
        try ana.succeed("edit", mine, "since=7 days ago")
        let next = try id("goal", "set", "oneToOnes", "20")
        #expect(next != mine)
        #expect(try fields(mine)["until"] as? String == "\(Days.today + -1)")
        #expect(try ana.run("goal", "set", "prayers", "3").errors.contains("one-to-ones"))
    }

    @Test("What two people are to each other is written once, and changed")
    func relate() throws {
        let tie = try id("relate", "Rosa", "Bo", "--as", "recruits", "--strength", "3")
        #expect(try id("relate", "Rosa", "Bo", "--as", "recruits", "--strength", "5") == tie)
        #expect(try fields(tie)["strength"] as? Int == 5)
        #expect(try id("relate", "Rosa", "Bo", "--as", "in conflict") != tie)
        let shown = try ana.succeed("person", "show", "Rosa")
        #expect(shown.contains("recruits") && shown.contains("Bo Lind"), "\(shown)")
        #expect(try ana.run("relate", "Rosa", "Rosa", "--as", "friend").code == 1)
        #expect(try ana.run("relate", "Rosa", "Bo", "--as", "friend", "--strength", "6").code == 1)
    }

    @Test("An assessment says what its level means, and which way the scale runs")
    func assess() throws {
        #expect(try ana.run("assess", "Rosa", "99").errors.contains("It is 1 to 5"))
        #expect(try ana.succeed("assess", "Rosa", "3").contains("level 3 (higher is more)"))
        try ana.succeed(
            "record", "add", "scale", "name=Support", "version=1", "direction=falls", "lowest=1",
            "highest=5", "levels=1 = strongest, 2 = supports us, 5 = hostile")
        let said = try ana.succeed("assess", "Rosa", "2", "--basis", "Brought nine neighbors.")
        #expect(said.contains("level 2, supports us (Support: lower is more)"))
        let json = try ana.json("assess", "Rosa", "1")
        #expect(json["label"] as? String == "strongest")
        #expect(json["direction"] as? String == "falls")
        // Each stays.
        let all = try ana.json("record", "list", "assessment")["records"] as? [Any]
        #expect(all?.count == 3)
        let shown = try ana.succeed("person", "show", "Rosa")
        #expect(shown.contains("basis Brought nine"), "\(shown)")
        #expect(try ana.json("person", "show", "Rosa").list("assessments").count == 3)
        #expect(try ana.run("assess", "Rosa", "7").errors.contains("It is 1 to 5"))
        #expect(try ana.run("assess", "Rosa", "2", "--on", "tomorrow").code == 1)
    }

    @Test(
        "What has the same name already is proposed",
        arguments: [
            ["issue", "add", "Bus stops"], ["campaign", "add", "Stops for all"],
            ["institution", "add", "St. Mark"],
            ["action", "add", "Assembly", "--on", "in 3 weeks"],
        ])
    func twins(_ verb: [String]) throws {
        let first = try ana.run(verb + ["--json"])
        let id = try #require(first.document().text("id")).suffix(8)
        let title = verb[2]
        let script = try ana.run(verb)
        #expect(script.code == 0)
        #expect(
            script.errors.hasPrefix("There is one called \"\(title)\" already (\(id)).")
                && script.errors.contains("fieldbook record delete "), "\(script.errors)")
        let no = try ana.typing("n", at: verb)
        #expect(no.code == 1 && no.shown.contains("Add another all the same?"), "\(no.shown)")
        let list = try ana.json("record", "list", verb[0]).list("records")
        #expect(list.count == 2)
    }

    @Test("An action of the same name on another day is another one")
    func monthly() throws {
        try ana.succeed("action", "add", "Assembly", "--on", "in 3 weeks")
        #expect(try ana.run("action", "add", "Assembly", "--on", "in 7 weeks").errors.isEmpty)
        for words in ["Rosa", "Bo"] {
            #expect(try ana.run("concern", "add", "The 14", "--from", words).errors.isEmpty)
        }
    }

    @Test("Who has left a team that day has left it already")
    func leftTwice() throws {
        try ana.succeed("team", "add", "Core")
        try ana.succeed("team", "join", "Core", "Rosa")
        try ana.succeed("team", "leave", "Core", "Rosa")
        let again = try ana.run("team", "leave", "Core", "Rosa")
        #expect(again.code == 1)
        let day = Days.today.short(today: Days.today)
        #expect(
            again.errors == """
                Error: Rosa Alvarez left Core on \(day) already. Nothing was changed.

                """)
    }

    @Test(
        "A goal is one at least, and not more than there are people", arguments: ["0", "1000001"])
    func goals(_ number: String) throws {
        for verb in [
            ["goal", "set", "one-to-ones", number],
            ["action", "add", "Assembly", "--on", "tomorrow", "--goal", number],
        ] {
            let outcome = try ana.run(verb)
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("1 to 1000000"), "\(outcome.errors)")
        }
    }

    @Test("A day is said back as it was understood")
    func daysSaidBack() throws {
        let day = (Days.today + 14).short(today: Days.today)
        let added = try ana.succeed("action", "add", "Assembly", "--on", "in 2 weeks")
        #expect(added.hasSuffix("\n  on  \(day)\n"), "\(added)")
        let id = try #require(ana.json("action", "show", "Assembly").text("id"))
        let later = (Days.today + 21).short(today: Days.today)
        let edited = try ana.succeed("edit", id, "on=in 3 weeks", "place=St. Mark")
        #expect(edited == "Changed Assembly.\n  on  \(later)\n")
        #expect(try ana.succeed("edit", id, "place=Church") == "Changed Assembly.\n")
    }
}
