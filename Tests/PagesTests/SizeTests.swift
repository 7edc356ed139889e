import Notebook
import Replication
import Testing

@testable import Pages

@Suite("The size of a page")
struct SizeTests {
    /// Sixty people, each with a number, a meeting, a next step, and promises.
    static func crowd() throws -> (parish: Parish, lena: String) {
        let parish = try Parish()
        let book = parish.book
        let turf = try book.addTurf("East of the river")
        for number in 0..<60 {
            let day = book.today + -Int64(number)
            let person = try book.add(
                PersonDetails(
                    name: "Guadalupe Hernández-Abdullahi \(number)", phone: "(612) 555-01\(number)",
                    turf: turf))
            try book.log(
                OneToOneNotes(
                    on: day, next: "Call about the school bus and ask who else rides it",
                    due: day + 14), with: person)
            try book.promise("Bring two neighbours to the hearing", by: person, due: day + 20)
            if number % 3 == 0 {
                try book.promise("Send her the flyer", by: person, due: day, theirs: false)
            }
        }
        return (parish, parish.session("Lena Lopez", turfs: [turf]))
    }

    /// A thief with a leader's laptop has added thousands; the leader's phone opens the page.
    @Test("is bounded, and says that there are more people")
    func manyPeople() async throws {
        let parish = try Parish()
        let turf = try parish.book.addTurf("East of the river")
        for number in 0..<205 {
            try parish.book.add(PersonDetails(name: "P\(number)", turf: turf))
        }
        let lena = parish.session("Lena Lopez", turfs: [turf])
        try await Site.of(parish) { site in
            let page = try await site.get("/turf", as: lena)
            #expect(page.tags.count { $0.hasPrefix("li class=") } == 200)
            #expect(page.text.contains("205 people"))
            #expect(page.text.contains("These are the first 200 of 205."))
        }
    }

    /// The same with promises.
    @Test("is bounded, shows the promises that are due first, and says that there are more")
    func manyPromises() async throws {
        let parish = try Parish()
        let (book, turf) = (parish.book, try parish.book.addTurf("East of the river"))
        let rosa = try book.add(PersonDetails(name: "Rosa", turf: turf))
        let omar = try book.add(PersonDetails(name: "Omar", turf: turf))
        for number in 0..<5000 {
            let due = number % 50 == 0 ? book.today + -1 : book.today + 30
            try book.promise("Promise \(number)", by: number < 4000 ? rosa : omar, due: due)
        }
        try book.promise("some day", by: omar, due: nil)
        let lena = parish.session("Lena Lopez", turfs: [turf])
        try await Site.of(parish) { site in
            let page = try await site.get("/turf", as: lena)
            #expect(page.text.ranges(of: "1 day late").count == 100)
            #expect(page.tags.filter { $0 == "button name=\"id\"" }.count == 100)
            #expect(
                page.text.contains("Of 5001 open promises these are the 100 that are due first."))
            #expect(page.text.contains("<p class=\"quiet\">and 3920 more promises</p>"))
            #expect(page.text.contains("and 981 more promises"))
            #expect(page.text.utf8.count < 50_000)
        }
    }

    @Test(
        "with sixty people is under 50 KB, the style sheet included", arguments: [0, 30])
    func sixty(withTwoNumbers: Int) async throws {
        let (parish, lena) = try Self.crowd()
        for person in try parish.book.people().prefix(withTwoNumbers) {
            try parish.writeApart("(651) 555-0100", of: person.id)
        }
        try await Site.of(parish) { site in
            let page = try await site.get("/turf", as: lena)
            let style = try await site.get(StyleSheet.address)
            #expect(page.tags.filter { $0 == "button name=\"id\"" }.count == 120)
            let bytes = page.text.utf8.count + style.text.utf8.count
            print("Sixty people: \(page.text.utf8.count) + \(style.text.utf8.count) bytes.")
            #expect(bytes < 50_000)
        }
    }

    @Test("names no other place, and one style sheet by its content")
    func links() async throws {
        let here = try Neighbourhood()
        try await Site.of(here.parish) { site in
            for address in ["/", "/turf", "/join/x", "/nowhere", "/report"] {
                let page = try await site.get(address, as: here.olga)
                #expect(!page.text.contains("//"), "\(address)")
                #expect(!page.text.contains("<script"))
                guard page.status != 303 else { continue }
                #expect(page.text.contains("href=\"\(StyleSheet.address)\""))
            }
            let style = try await site.get(StyleSheet.address)
            #expect(style["Content-Type"] == "text/css; charset=utf-8")
            #expect(!style.text.contains("url("))
        }
    }
}
