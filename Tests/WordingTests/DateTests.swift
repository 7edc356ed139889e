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

    /// One day before, on the day, and one day after.
    @Test(arguments: [
        (
            Language.english,
            ["1 day late, Sat 23 May", "due today", "by tomorrow"],
            ["Met yesterday", "Met today", "Met today"]
        ),
        (
            Language.spanish,
            ["1 día de atraso, sáb 23 may", "vence hoy", "para mañana"],
            ["Reunión ayer", "Reunión hoy", "Reunión hoy"]
        ),
    ])
    func noDayIsInMinusOneDays(_ language: Language, _ due: [String], _ met: [String]) throws {
        let today = try #require(Day(iso: "2026-05-24"))
        Language.$current.withValue(language) {
            let days = [-1, 0, 1].map { today + $0 }
            #expect(days.map { DateText.due($0, today).text } == due)
            #expect(days.compactMap { DateText.met($0, today)?.text } == met)
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

    /// What is planned, or was held and is written down late: said at the end of November.
    @Test(arguments: [
        ("jan 10", "2027-01-10"), ("dec 3", "2026-12-03"), ("oct 20", "2026-10-20"),
        ("monday", "2026-11-30"), ("tuesday", "2026-11-24"),
    ])
    func aPlanIsNearIt(_ said: String, _ day: String) throws {
        let today = try #require(Day(iso: "2026-11-27"))
        #expect(try DateWords.day(said, today: today, looking: .nearest).description == day)
    }

    /// Said on a Thursday, and on the Monday before.
    @Test(arguments: [
        ("next friday", "2026-12-04", "2026-12-04"), ("friday", "2026-11-27", "2026-11-27"),
        ("this friday", "2026-11-27", "2026-11-27"), ("next thursday", "2026-12-03", "2026-12-03"),
        ("friday of next week", "2026-12-04", "2026-12-04"),
        ("friday next week", "2026-12-04", "2026-12-04"),
        ("next monday", "2026-11-30", "2026-11-30"),
        ("el próximo viernes", "2026-12-04", "2026-11-27"),
        ("el viernes que viene", "2026-12-04", "2026-11-27"),
        ("el próximo jueves", "2026-12-03", "2026-11-26"),
        ("el viernes de la semana que viene", "2026-12-04", "2026-12-04"),
        ("este viernes", "2026-11-27", "2026-11-27"), ("el viernes", "2026-11-27", "2026-11-27"),
    ])
    func nextFridayIsNotTomorrow(_ said: String, _ onThursday: String, _ onMonday: String) throws {
        for (today, day) in [("2026-11-26", onThursday), ("2026-11-23", onMonday)] {
            let today = try #require(Day(iso: today))
            #expect(try DateWords.day(said, today: today, looking: .coming).description == day)
        }
    }

    @Test func whatMayBeTwoDaysIsAskedForInEnglish() throws {
        let today = try #require(Day(iso: "2026-03-03"))
        try DateOrder.$current.withValue(nil) {
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

    private static let dayFirst = "2026-04-03"
    private static let monthFirst = "2026-03-04"

    /// What somebody means by 3/4 whose machine is set to a country, and how it is written back.
    @Test(arguments: [
        (["LANG": "es_MX.UTF-8"], dayFirst), (["LANG": "es_US.UTF-8"], dayFirst),
        (["LANG": "es_PR"], dayFirst), (["LANG": "es"], dayFirst),
        (["LANG": "en_US.UTF-8", "FIELDBOOK_LANGUAGE": "es"], dayFirst),
        (["LANG": "en_US.UTF-8", "LC_TIME": "es_US.UTF-8"], dayFirst),
        (["LANG": "en_GB.UTF-8"], dayFirst), (["LANG": "en_AU.UTF-8"], dayFirst),
        (["LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"], dayFirst),
        (["LANG": "en_US.UTF-8"], monthFirst), (["LANG": "en_PH.UTF-8"], monthFirst),
        (["LANG": "es_MX.UTF-8", "LC_ALL": "en_US.UTF-8"], monthFirst),
        (["LANG": "en_CA.UTF-8"], nil), (["LANG": "C.UTF-8"], nil), ([:], nil),
    ])
    func threeFourIsReadAsInTheReadersCountry(_ locale: [String: String], _ day: String?) throws {
        let today = try #require(Day(iso: "2026-03-03"))
        try Language.$current.withValue(Language(of: { locale[$0] })) {
            try DateOrder.$current.withValue(DateOrder(of: { locale[$0] })) {
                for text in ["3/4/2026", "03/04/2026", "3.4.2026", "3/4"] {
                    let read = try? DateWords.day(text, today: today, looking: .coming)
                    #expect(read?.description == day)
                }
                let clear = try DateWords.day("4/13/2026", today: today, looking: .coming)
                let isSpanish = Language.current == .spanish
                #expect(clear.short(today: today) == (isSpanish ? "lun 13 abr" : "Mon 13 Apr"))
            }
        }
    }
}
