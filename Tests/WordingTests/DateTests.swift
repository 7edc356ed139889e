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

    @Test(arguments: [
        ("24/05/2026", "2026-05-24"), ("24.5.1980", "1980-05-24"), ("5/24/2026", "2026-05-24"),
        ("03/04/2026", "2026-04-03"), ("24/5", "2026-05-24"), ("24-may", "2026-05-24"),
        ("24-may-1980", "1980-05-24"), ("1º de enero", "2027-01-01"), ("1ro de mayo", "2026-05-01"),
        ("primero de enero", "2027-01-01"), ("fin de mes", "2026-03-31"),
        ("fin del mes", "2026-03-31"), ("5 de setiembre", "2026-09-05"),
        ("5 de set", "2026-09-05"), ("may 21st", "2026-05-21"),
        ("end of the month", "2026-03-31"),
    ])
    func aDayIsReadAsPeopleSayIt(_ said: String, _ day: String) throws {
        let today = try #require(Day(iso: "2026-03-03"))
        let read = try Language.$current.withValue(.spanish) {
            try DateWords.day(said, today: today, looking: .coming)
        }
        #expect(read.description == day)
    }

    @Test func whatMayBeTwoDaysIsAskedForInEnglish() throws {
        let today = try #require(Day(iso: "2026-03-03"))
        try Language.$current.withValue(.english) {
            #expect(throws: NotebookError.ambiguousDay("03/04/2026")) {
                try DateWords.day("03/04/2026", today: today, looking: .coming)
            }
            let clear = try DateWords.day("24/05/2026", today: today, looking: .coming)
            #expect(clear.description == "2026-05-24")
            #expect(throws: NotebookError.notADay("31/02/2026")) {
                try DateWords.day("31/02/2026", today: today, looking: .coming)
            }
        }
    }
}
