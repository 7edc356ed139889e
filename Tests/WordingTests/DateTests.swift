import Notebook
import Testing
import Wording

@testable import Pages

@Suite struct DateTests {
    @Test func aDayIsWrittenAsPeopleOfTheLanguageWriteIt() throws {
        let day = try #require(Day(iso: "2026-05-24"))
        #expect(DateText.whole(day).text(in: .spanish) == "domingo 24 de mayo")
        #expect(DateText.whole(day).text(in: .english) == "Sunday 24 May")
        Language.$current.withValue(.spanish) {
            #expect(day.short(today: day) == "dom 24 may")
        }
    }
}
