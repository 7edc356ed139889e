import Foundation
import Interchange
import Notebook
import Store
import Testing

@Suite("How lists of people are written")
struct ListFormTests {
    let ana: Desk

    init() throws { ana = try Desk() }

    /// The headings of each program, and a row under them.
    private static let programs: [(name: String, text: String)] = [
        ("spreadsheet", "Name,Phone,Email,City\nRosa Alvarez,612-555-0100,rosa@example.org,Edina"),
        (
            "spreadsheet in Spanish",
            "Nombre;Apellidos;Teléfono;Correo electrónico;Ciudad\r\n"
                + "Rosa;Alvarez;612-555-0100;rosa@example.org;Edina\r\n"
        ),
        (
            "Action Network",
            "can2_user_id,first_name,last_name,email,can2_phone,can2_user_city,can2_user_tags\n"
                + "91aa,Rosa,Alvarez,rosa@example.org,6125550100,Edina,"
        ),
        (
            "NationBuilder",
            "nationbuilder_id,first_name,last_name,email,mobile_number,primary_city,tag_list\n"
                + "17,Rosa,Alvarez,rosa@example.org,612.555.0100,Edina,"
        ),
        (
            "EveryAction",
            "VANID\tFirst Name\tLast Name\tPreferred Email\tPreferred Phone\tCity\n"
                + "1017\tRosa\tAlvarez\trosa@example.org\t(612) 555-0100\tEdina"
        ),
        (
            "CiviCRM",
            "\"Internal Contact ID\",\"First Name\",\"Last Name\",Email,Phone,City\n"
                + "\"202\",\"Rosa\",\"Alvarez\",\"rosa@example.org\",\"612-555-0100\",Edina"
        ),
        (
            "Breeze",
            "Breeze ID,First Name,Last Name,Mobile,Email,City\n"
                + "5,Rosa,Alvarez,(612) 555-0100,rosa@example.org,Edina"
        ),
        (
            "Planning Center",
            "Person ID,First Name,Last Name,Mobile Phone Number,Home Email,Home Address City\n"
                + "9,Rosa,Alvarez,612-555-0100,rosa@example.org,Edina"
        ),
        (
            "Google Contacts",
            "First Name,Middle Name,Last Name,Notes,E-mail 1 - Label,E-mail 1 - Value,"
                + "Phone 1 - Value,Address 1 - City,Labels\n"
                + "Rosa,,Alvarez,secret,*,rosa@example.org,+1 612-555-0100,Edina,"
        ),
    ]

    @Test("What each program calls a column is known", arguments: programs.map(\.name))
    func headings(_ name: String) throws {
        let text = try #require(Self.programs.first { $0.name == name }).text
        let report = try ana.bring(text, as: "people.csv")
        #expect(report.counts == "1 created, 0 updated, 0 skipped, 0 rejected")
        let rosa = try ana.person("Rosa Alvarez")
        #expect(rosa.phone.flatMap(Folding.phone) == "6125550100")
        let novel = String(repeating: "612-555-0100 / ", count: 4000)
        #expect(Folding.phone(novel) == nil)
        #expect(Folding.phones(novel) == [novel])
        #expect(rosa.email == "rosa@example.org" && rosa.address == "Edina")
        #expect(try !ana.export().contains("secret"))
        #expect(try ana.bring(text, as: "again.csv").batch == nil)
    }

    /// The same rows in every encoding.
    @Test("A file may be in any encoding that spreadsheets write")
    func encodings() throws {
        let text = "Name;Phone\r\n\"José Núñez\r\n\";\"612-555-0100\"\r\nLuis €;\r\n"
        let windows: [UInt8] = text.unicodeScalars.map {
            $0 == "€" ? 0x80 : UInt8(truncatingIfNeeded: $0.value)
        }
        let wide = Array(text.utf16)
        let little = wide.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = wide.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let files: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), windows,
            [0xFF, 0xFE] + little,
            [0xFE, 0xFF] + big, little, big,
        ]
        for (number, bytes) in files.enumerated() {
            let desk = try Desk(UInt8(number + 10))
            let report = try desk.bring(bytes: bytes, as: "people.csv")
            #expect(report.created == 2 && report.rejected == 0, "file \(number)")
            #expect(try desk.names == ["José Núñez", "Luis €"], "file \(number)")
        }
    }

    @Test(
        "Cells may stand between commas, semicolons, tabs or bars",
        arguments: [",", ";", "\t", "|"])
    func separators(_ separator: String) throws {
        let rows = [["Name", "Phone", "Notes"], ["Rosa", "1", "\"a\(separator) \"\"b\"\"\n\""]]
        let text = rows.map { $0.joined(separator: separator) }.joined(separator: "\n")
        #expect(try ana.bring("\n" + text, as: "people.csv").created == 1)
        #expect(try ana.person("Rosa").phone == "1")
        #expect(try ana.bring("sep=;\r\nName;Phone\r\nLuis;2", as: "sep.csv").created == 1)
    }

    @Test("A mapping is shown, corrected and used")
    func mapping() throws {
        let text = "Who,Notes,Cell\nRosa,choir,1"
        #expect(throws: InterchangeError.self) { try ana.bring(text, as: "people.csv") }
        var settings = ImportSettings(isDryRun: true)
        settings.wishes = try .init(
            Array(#"{"columns":{"Who":"name","Notes":"tags"},"separator":"comma"}"#.utf8),
            path: "map.json")
        let report = try ana.bring(bytes: Array(text.utf8), as: "people.csv", settings)
        let mapping = try #require(report.mapping)
        #expect(mapping.columns.map(\.holds) == ["name", "tags", "phone"])
        settings = ImportSettings()
        settings.wishes = try .init(Array(mapping.text.utf8), path: "map.json")
        #expect(try ana.bring(file: "people.csv", settings).created == 1)
        #expect(try ana.person("Rosa").tags == ["choir"])
    }

    @Test(
        "A wrong mapping is refused",
        arguments: [
            "", "[]", #"{"columns":{"Name":"shoe"}}"#, #"{"columns":{"Gone":"name"}}"#,
            #"{"separator":"x"}"#, #"{"encoding":"ebcdic"}"#, #"{"dates":"ymd"}"#,
        ])
    func wrongMapping(_ map: String) throws {
        #expect(throws: InterchangeError.self) {
            var settings = ImportSettings()
            settings.wishes = try .init(Array(map.utf8), path: "map.json")
            try ana.bring(bytes: Array("Name\nRosa".utf8), as: "people.csv", settings)
        }
    }

    private static let files: [[UInt8]] = [
        [], [0x50, 0x4B, 3, 4, 0, 0, 0, 0], [0xFF], [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0, 0xDC],
        [0x4E, 0x61, 0x6D, 0x65, 0x0A, 0, 0x41, 0x42, 0x43], Array("a,b\n1,2\n".utf8),
        Array("\n\n\n".utf8), [UInt8](repeating: 0x22, count: 300_000),
        [UInt8](repeating: 0x2C, count: 2 << 20),
    ]

    @Test("Rubbish is refused in a sentence", arguments: files.indices)
    func rubbish(_ file: Int) throws {
        let head = try ana.notebook.store.meta()
        #expect(throws: InterchangeError.self) {
            try ana.bring(bytes: Self.files[file], as: "people.csv")
        }
        #expect(try ana.notebook.store.meta() == head)
    }
}
