import Foundation
import Testing

@Suite("Somebody who reads Spanish")
struct SpanishTests {
    let ana: Laptop
    private static let spanish = ["LANG": "es_MX.UTF-8"]

    init() throws {
        ana = try Laptop(named: nil)
    }

    private func say(_ arguments: String...) throws -> String {
        let outcome = try ana.run(arguments, environment: Self.spanish)
        try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return outcome.output + outcome.errors
    }

    @Test("The kind of a one-to-one is taken as people say it")
    func kindOfMeeting() throws {
        _ = try say("init", "--name", "Ana Reyes")
        try ana.succeed("person", "add", "Zoila Paz")
        for word in ["presentación", "de presentación"] {
            let outcome = try ana.run(
                ["schedule", "Zoila", "--on", "tomorrow", "--kind", word], environment: Self.spanish
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
        }
    }

    @Test("A person goes to a turf, a tier and a list's order are those of the language")
    func smallWords() throws {
        _ = try say("init", "--name", "Ana Reyes")
        _ = try say("turf", "add", "Centro")
        let added = try say("person", "add", "Óscar Peña", "--turf", "Centro")
        #expect(added.contains("Se agregó a Óscar Peña en Centro"), "\(added)")
        _ = try say("assess", "Óscar", "3", "--tier", "primario")
        let shown = try say("person", "show", "Óscar")
        #expect(shown.contains("principal") && !shown.contains("primary"), "\(shown)")
        for name in ["Ximena Paz", "Ángel Ruiz", "Bo Lind"] { _ = try say("person", "add", name) }
        let list = try say("person", "list")
        let order = ["Ángel", "Bo", "Óscar", "Ximena"].compactMap { list.range(of: $0)?.lowerBound }
        #expect(order.count == 4 && order == order.sorted(), "\(list)")
    }

    @Test("A day's work is answered in Spanish")
    func day() throws {
        #expect(
            try say("init", "--name", "Ana Reyes").contains("Se creó un cuaderno para Ana Reyes"))
        let met = try say(
            "met", "Rosa Álvarez", "--new", "--on", "ayer", "--heard", "paradas de bus", "--next",
            "invitarla", "--due", "en 2 semanas")
        #expect(met.contains("Se agregó a Rosa Álvarez"))
        #expect(met.contains("Anotado: uno a uno con Rosa Álvarez"))
        #expect(try say("due", "--days", "30").contains("Vence"))
        #expect(try say("person", "show", "rosa").contains("Responsable  Ana Reyes"))
        #expect(try say("report", "one-to-ones").contains("Reuniones uno a uno de cada semana"))
        #expect(try say("undo").contains("Se deshizo: uno a uno con Rosa Álvarez"))
    }

    @Test("Of several it is said that they came, and a goal is in the reader's language")
    func several() throws {
        _ = try say("init", "--name", "Ana Reyes")
        try ana.succeed("person", "add", "Rosa Álvarez")
        try ana.succeed("action", "add", "Asamblea", "--on", "today")
        let came = try say("action", "came", "Asamblea", "Rosa", "--count", "7")
        #expect(came.contains("Rosa Álvarez y 7 sin nombre: llegaron sin aviso"), "\(came)")
        try ana.succeed("goal", "set", "one-to-ones", "15")
        #expect(try say("report", "goals").contains("por semana"))
    }

    @Test("A day in figures is repeated with its month in words, so that a mistake is seen")
    func figures() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        try ana.succeed("person", "add", "Rosa Álvarez")
        #expect(try say("met", "Rosa", "--on", "5/11/2025").contains("mié 5 nov 2025"))
        #expect(
            try say("commitment", "add", "Rosa", "--what", "venir", "--due", "5/11/2026")
                .contains("5 nov"))
        #expect(try say("touch", "Rosa", "--by", "llamada", "--on", "5/11/2025").contains("5 nov"))
    }

    @Test("The first day's example is Spanish, and works")
    func firstDay() throws {
        for arguments in [[], ["--help"]] {
            let page = try ana.run(arguments, environment: Self.spanish).output
            #expect(page.contains("--next \"llamar a Rosa\" --due viernes"), "\(page)")
        }
        try ana.succeed("init", "--name", "Ana Reyes")
        let met = try say(
            "met", "Rosa Alvarez", "--new", "--next", "llamar a Rosa", "--due", "viernes")
        #expect(met.contains("llamar a Rosa"))
    }

    @Test("What goes wrong is said in Spanish, and so is what the parser says")
    func errors() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        let nobody = try ana.run(["met", "Nadie"], environment: Self.spanish)
        #expect(nobody.code == 1)
        #expect(nobody.errors.hasPrefix("Error: Aquí no hay nadie con el nombre \"Nadie\"."))
        let verb = try ana.run(["metx"], environment: Self.spanish)
        #expect(verb.code == 64)
        #expect(verb.errors.contains("Argumento inesperado 'metx'"))
        #expect(verb.errors.contains("¿Quisiste decir \"fieldbook met\"?"))
        #expect(try say("met", "--help").contains("USO: fieldbook met"))
    }

    @Test("The week's verbs take Spanish words, and answer in Spanish")
    func week() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        try ana.succeed("person", "add", "Rosa Álvarez")
        #expect(
            try say("schedule", "Rosa", "--on", "mañana", "--at", "18h30")
                .contains("Acordado: Rosa Álvarez"))
        #expect(try say("cancel", "Rosa", "--by", "them").contains("Cancelado: uno a uno"))
        #expect(try say("touch", "Rosa", "--by", "llamada").contains("contacto con Rosa Álvarez"))
        _ = try say("action", "add", "Asamblea", "--on", "en 2 semanas", "--kind", "vigilia")
        #expect(
            try say("action", "pledge", "Asamblea", "Rosa", "12")
                .contains("Rosa Álvarez trae a 12 a Asamblea"))
        #expect(
            try say("action", "confirm", "Asamblea", "Rosa").contains("Rosa Álvarez: confirmó."))
        #expect(try say("goal", "set", "reuniones uno a uno", "15").contains("por semana"))
        let touches = try ana.json("record", "list", "touch").list("records")
        #expect((touches.first?["fields"] as? [String: Any])?["kind"] as? String == "call")
    }

    @Test("Statuses are typed and shown in Spanish, and stored as scripts know them")
    func statuses() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        try ana.succeed("person", "add", "Rosa Alvarez")
        let added = try say(
            "record", "add", "action", "title=Asamblea", "on=mañana", "tipo=vigilia")
        #expect(added.contains("Asamblea"))
        let actions = try ana.json("record", "list", "action").list("records")
        let fields = try #require(actions.first?["fields"] as? [String: Any])
        #expect(fields["kind"] as? String == "vigil")
    }

    @Test("A script reads the same JSON in every language")
    func json() throws {
        try ana.succeed("init", "--name", "Ana Reyes")
        try ana.succeed("met", "Rosa Alvarez", "--new")
        try ana.succeed("goal", "set", "one-to-ones", "15", "--everybody")
        for arguments in [
            ["turf", "--unassigned"], ["report", "stale"], ["report", "issues"],
            ["report", "goals"], ["report", "network"], ["record", "list", "oneToOne"],
            ["find", "Rosa"],
        ] {
            let english = try ana.run(arguments + ["--json"])
            let spanish = try ana.run(arguments + ["--json"], environment: Self.spanish)
            #expect(english.output == spanish.output, "\(arguments)")
        }
        let goals = ["report", "goals", "--csv"]
        let english = try ana.run(goals)
        #expect(english.output.contains("(everybody)"))
        #expect(try ana.run(goals, environment: Self.spanish).output == english.output)
    }

    @Test("Who cancels by default is said in Spanish")
    func cancels() throws {
        let help = try say("cancel", "--help")
        #expect(help.contains("nosotros") && !help.contains("us)") && !help.contains(": us"))
    }
}
