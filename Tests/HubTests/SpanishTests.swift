import Foundation
import Testing

@testable import Hub

@Suite("A keeper who reads Spanish")
struct SpanishTests {
    private func say(_ hub: KeepersHub, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(
            [arguments[0], "--data", hub.data] + arguments.dropFirst(), locale: "es_MX.UTF-8")
    }

    @Test("Invitations, devices and the night are answered in Spanish")
    func day() async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            let invited = try await say(hub, "invite", "--name", "Ana", "--role", "organizer")
            #expect(invited.output.hasPrefix("Para la computadora de Ana, una sola vez, hasta el "))
            let devices = try await say(hub, "devices").output
            #expect(devices.contains("Todavía no se ha unido ninguna computadora ni teléfono."))
            #expect(devices.contains("Invitaciones abiertas:"))
            #expect(try await say(hub, "verify").output.hasPrefix("Todo está en orden: "))
            let night = try await say(hub, "nightly")
            #expect(night.output.contains("  - Nada. Todo está en orden.\n"))
            #expect(night.output.contains("\nQué se hizo\n"))
            #expect(night.output.contains("Este informe se guarda en "))
            let page = try ReportShelf(path: hub.data + "/reports").latestHTML()
            #expect(page?.contains("<li>Nada. Todo está en orden.</li>") ?? false)
        }
    }

    @Test("What goes wrong is said in Spanish, and so is what the parser says")
    func errors() async throws {
        try await KeepersHub.open { hub in
            let nobody = try await say(hub, "revoke", "Nadie")
            #expect(nobody.status == 1)
            #expect(
                nobody.errors.hasPrefix(
                    "fieldbook-hub: Aquí ningún dispositivo tiene el id \"Nadie\""))
            let missing = try await say(hub, "invite", "--name", "Ana")
            #expect(missing.status == 64)
            #expect(missing.errors.contains("Error: Falta el argumento '--role <función>"))
            let help = try await say(hub, "serve", "--help")
            #expect(help.output.contains("RESUMEN: Servir a computadoras y teléfonos"))
            #expect(help.output.contains("USO: fieldbook-hub serve"))
            let folder = try await say(hub, "restore", "/nowhere")
            #expect(
                folder.errors.contains("No se cambió nada: \"/nowhere\" no se puede restaurar."))
        }
    }

    @Test("A script reads the same JSON in every language")
    func json() async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            _ = try await hub.run("invite", "--name", "Ana", "--role", "organizer")
            for command in ["devices", "verify"] {
                let english = try await hub.run(command, "--json")
                let spanish = try await say(hub, command, "--json")
                #expect(english.output == spanish.output, "\(command)")
                #expect(!english.output.isEmpty)
            }
        }
    }

    @Test("The demonstration is told in Spanish")
    func demo() async throws {
        let outcome = try await Program.run(["demo", "--once"], locale: "es_MX.UTF-8")
        #expect(outcome.status == 0)
        for line in [
            "se une a St. Mark", "Ben se reunió con", "Los dos números nuevos se conservaron",
            "Rosa Alvarez: teléfono", "CON ATRASO", "Ahora puedes escribir",
        ] { #expect(outcome.output.contains(line), "\(line)") }
        let folder = outcome.output.components(separatedBy: "en esta computadora, en ").last?
            .prefix { $0 != "\n" }.dropLast()
        if let folder, folder.hasPrefix(NSTemporaryDirectory()) {
            try? FileManager.default.removeItem(atPath: String(folder))
        }
    }
}
