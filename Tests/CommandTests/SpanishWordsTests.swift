import Foundation
import Testing

@Suite("Somebody who reads and types Spanish")
struct SpanishWordsTests {
    let ana: Laptop
    private static let spanish = ["LANG": "es_MX.UTF-8"]

    init() throws {
        ana = try Laptop()
    }

    private func run(_ arguments: [String], _ more: [String: String] = [:]) throws -> Outcome {
        try ana.run(arguments, environment: Self.spanish.merging(more) { $1 })
    }

    @discardableResult
    private func say(_ arguments: String...) throws -> String {
        let outcome = try run(arguments)
        try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return outcome.output + outcome.errors
    }

    private func refusal(_ arguments: String...) throws -> String {
        let outcome = try run(arguments)
        #expect(outcome.code != 0, "\(arguments)")
        return outcome.errors
    }

    @Test("How far people are with an action is said in Spanish")
    func action() throws {
        try say("person", "add", "Chuy Ramírez")
        try say("action", "add", "Asamblea", "--on", "ayer")
        try say("action", "confirm", "Asamblea", "Chuy")
        #expect(
            try say("action", "came", "Asamblea", "Chuy", "--count", "8")
                .contains("Chuy Ramírez: vino."))
        #expect(try !say("action", "show", "Asamblea").contains("came"))
    }

    @Test("What is due today, and where one meets, is said in Spanish")
    func today() throws {
        try say("met", "Chuy", "--new", "--next", "llamarle", "--due", "hoy")
        #expect(try say("due").contains("hoy"))
        try say("schedule", "Chuy", "--on", "hoy", "--place", "la cocina")
        let page = try say("today")
        #expect(page.contains("Lugar") && !page.contains("Place"))
    }

    @Test("Reports have their own words in Spanish")
    func reports() throws {
        try say("met", "Chuy", "--new")
        try say("goal", "set", "lideres", "5", "--period", "mes", "--everybody")
        let goals = try say("report", "goals")
        #expect(goals.contains("líderes") && goals.contains("mes") && goals.contains("(todos)"))
        #expect(try say("report", "network").contains("Vínculos"))
        #expect(try say("report", "turnout-board").contains("interior"))
        #expect(try say("report", "funder").contains("participación"))
        #expect(try say("report", "participation").contains("tuvieron"))
        #expect(try !say("report", "resident-voice").contains("Residents"))
        #expect(try say("plan").contains("Semana del "))
        #expect(try say("report", "one-to-ones", "--all").contains("del "))
    }

    @Test("What is wrong with a command line is said in Spanish, in its own words")
    func parser() throws {
        try say("person", "add", "Chuy Ramírez")
        let choice = try refusal("cancel", "Chuy", "--by", "nadie")
        #expect(choice.contains("Elige uno de estos: 'ellos', 'nosotros'."))
        #expect(
            try refusal("met", "Chuy", "--sumary", "x").contains("¿Quisiste decir '--summary'?"))
        let file = try refusal("import", "a.csv", "b.csv", "c.csv")
        #expect(file.contains("2 argumentos inesperados: 'b.csv', 'c.csv'"))
        #expect(file.contains("fieldbook import ARCHIVO --help"))
        #expect(try refusal("edit", "Chuy", "telefono").contains("campo=valor"))
        #expect(try refusal("import", "nada.csv").contains("no existe ese archivo"))
    }

    @Test("Help is Spanish in its headings and places, and fits into 80 columns")
    func help() throws {
        #expect(try say("--help").contains("SUBCOMANDOS, CADA DÍA:"))
        let cancel = try say("cancel", "--help").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        #expect(cancel.contains("<quién>") && cancel.contains("--by <ellos|nosotros>"))
        #expect(cancel.contains("Si no se indica: nosotros. (valores: ellos, nosotros)"))
        #expect(try say("goal", "set", "--help").contains("<semana|mes|trimestre|año>"))
        #expect(try say("campaign", "--help").contains("list (si no se indica)"))
        for verb in [["cancel"], ["goal", "set"], ["met"], ["report"], ["action", "came"]] {
            let lines = try run(verb + ["--help"]).output.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(verb)")
        }
    }

    @Test("Kinds and fields have Spanish names, which are read back with and without accents")
    func fields() throws {
        let kinds = try say("record", "kinds")
        #expect(kinds.contains("preocupación (concern)"))
        #expect(try say("record", "kinds", "persona").contains("teléfono (phone)"))
        try say("person", "add", "Chuy Ramírez")
        try say("record", "add", "preocupacion", "palabras=agua", "persona=Chuy")
        try say("edit", "Chuy", "telefono=612-555-0100", "cumpleaños=24/05/1980")
        try say("institution", "add", "San Marcos", "--kind", "congregacion")
        let institution = try ana.json("record", "list", "institution").list("records").first
        #expect((institution?["fields"] as? [String: Any])?["kind"] as? String == "congregation")
        #expect(try say("person", "show", "Chuy").contains("24 de mayo de 1980"))
    }

    @Test("A record in the editor has Spanish fields")
    func editor() throws {
        try say("person", "add", "Chuy Ramírez")
        let editor = "\(ana.home)/editor"
        try Data(
            "#!/bin/sh\ncp \"$1\" \(ana.home)/seen\nsed -i 's/^teléfono:.*/teléfono: 612/' \"$1\"\n"
                .utf8
        ).write(to: URL(filePath: editor))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
        let outcome = try run(["edit", "Chuy"], ["EDITOR": editor])
        #expect(outcome.code == 0, "\(outcome.errors)")
        let seen = try String(contentsOfFile: "\(ana.home)/seen", encoding: .utf8)
        #expect(seen.contains("\nteléfono:") && !seen.contains("\nphone:"))
        #expect(try say("person", "show", "Chuy").contains("612"))
    }

    @Test("Options take the words of the reader's language")
    func options() throws {
        try say("person", "add", "Chuy Ramírez")
        try say("touch", "Chuy", "--by", "mensaje")
        try say("assess", "Chuy", "3", "--tier", "primario")
        let touch = try ana.json("record", "list", "touch").list("records").first
        #expect((touch?["fields"] as? [String: Any])?["kind"] as? String == "text")
        let judged = try ana.json("record", "list", "assessment").list("records").first
        #expect((judged?["fields"] as? [String: Any])?["tier"] as? String == "primary")
        try say("schedule", "Chuy", "--on", "mañana")
        #expect(try say("cancel", "Chuy", "--by", "ellos").contains("Cancelado"))
        let met = try ana.json("record", "list", "oneToOne").list("records").first
        #expect((met?["fields"] as? [String: Any])?["status"] as? String == "cancelledByThem")
    }

    @Test("Days are shown as people say them, and as scripts read them")
    func days() throws {
        try say("met", "Chuy", "--new", "--on", "24/05/2020")
        #expect(try say("record", "list", "oneToOne").contains("dom 24 may 2020"))
        #expect(try say("find", "Chuy").contains("Chuy"))
        let found = try ana.json("record", "list", "oneToOne").list("records").first
        #expect(found?["title"] as? String == "one-to-one with Chuy, 2020-05-24")
        #expect(try say("undo").contains("uno a uno con Chuy, dom 24 may 2020"))
    }

    @Test("What is to be filled in is named in Spanish")
    func places() throws {
        #expect(try say("status").contains("fieldbook join INVITACIÓN"))
        #expect(try say("action", "list").contains("fieldbook action add NOMBRE --on FECHA"))
    }

    @Test("Counts agree with what they count")
    func agreement() throws {
        try say("met", "Chuy", "--new")
        try say("house-meeting", "add", "En casa de Chuy", "--host", "Chuy", "--invited", "20")
        #expect(try say("house-meeting", "show", "casa").contains("invitados"))
        #expect(try say("plan").contains("hechas: 1; por venir: 0"))
        let export = try say("export", "personas.csv")
        #expect(export.contains("Escrito en personas.csv: 1 persona"), "\(export)")
    }
}
