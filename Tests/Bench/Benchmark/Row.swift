/// A row of the table: what is measured, what C and SQLite needed for it, and what is to be reached.
struct Row: Sendable {
    /// A stable name for programs.
    let key: String
    let name: String
    let unit: Unit
    /// As the issue has it, from a day on which log3 took `log3Microseconds`; in seconds, for
    /// `floorChanges` changes.
    let floor: Double?
    let aim: Double?
    /// How much it may grow from one size to the next.
    let growth: GrowthLimit?

    init(
        _ key: String, _ name: String, _ unit: Unit, floor: Double? = nil, aim: Double? = nil,
        growth: GrowthLimit? = nil
    ) {
        self.key = key
        self.name = name
        self.unit = unit
        self.floor = floor
        self.aim = aim
        self.growth = growth
    }
}

/// In what a figure is.
enum Unit: String {
    case microseconds = "us", milliseconds = "ms", seconds = "s"
    case bytes = "B", kilobytes = "KB", megabytes = "MB"
    case count = ""

    /// What a busy machine takes more of.
    var isTime: Bool { [.microseconds, .milliseconds, .seconds].contains(self) }
}

/// How much a figure may grow with the notebook.
enum GrowthLimit: String {
    /// What is counted for each change.
    case aQuarter = "+25 %"
    /// What is done to a few entries, which is to cost the same in every notebook.
    case none = "none"
}

extension Row {
    /// What log3 took when the floor was measured.
    static let log3Microseconds = 14.0
    static let floorChanges = 100_000

    static let all: [Row] = [
        log3, loading,
        upload, uploadLaptop, uploadHub, uploadNotebook, uploadWall,
        bootstrap, bootstrapLaptop, bootstrapHub, bootstrapWall,
        wireUp, wireDown,
        hundredUp, hundredUpBytes, hundredDown, hundredDownBytes,
        idle, idleCPU, idleRoundTrips, idleBytes, oneLogged, oneLoggedCPU,
        diskHub, diskLog, diskNotebook, diskWriter, diskReader,
        laptopMemory, hubMemory,
    ]

    /// What only a run through the proxy measures.
    static let onWire: Set<String> = Set(
        [wireUp, wireDown, hundredUpBytes, hundredDownBytes, idleBytes].map(\.key))

    static let log3 = Row(
        "log3", "floor log3: CPU per change", .microseconds, floor: log3Microseconds)
    static let loading = Row(
        "loading", "a laptop takes it all in: CPU per change", .microseconds)

    static let upload = Row(
        "upload", "upload to an empty hub until durable: CPU/change", .microseconds, floor: 24,
        aim: 24, growth: .aQuarter)
    static let uploadLaptop = Row(
        "uploadLaptop", "- of it the laptop", .microseconds, floor: 7)
    static let uploadHub = Row("uploadHub", "- of it the hub", .microseconds, floor: 17)
    static let uploadNotebook = Row(
        "uploadNotebook", "- hub until its notebook has it, too", .microseconds)
    static let uploadWall = Row(
        "uploadWall", "- wall", .seconds, floor: 2.6, aim: 2.0, growth: .aQuarter)

    static let bootstrap = Row(
        "bootstrap", "an empty laptop gets it all: CPU/change", .microseconds, floor: 17, aim: 17,
        growth: .aQuarter)
    static let bootstrapLaptop = Row("bootstrapLaptop", "- of it the laptop", .microseconds)
    static let bootstrapHub = Row("bootstrapHub", "- of it the hub", .microseconds)
    static let bootstrapWall = Row(
        "bootstrapWall", "- wall", .seconds, floor: 1.9, aim: 1.5, growth: .aQuarter)

    static let wireUp = Row(
        "wireUp", "wire, both directions: upload, per change", .bytes, floor: 201, aim: 150,
        growth: .aQuarter)
    static let wireDown = Row(
        "wireDown", "- the empty laptop, per change", .bytes, floor: 201, aim: 150,
        growth: .aQuarter)

    static let hundredUp = Row(
        "hundredUp", "100 changes up: whole process", .milliseconds, floor: 20, aim: 25,
        growth: GrowthLimit.none)
    static let hundredUpBytes = Row(
        "hundredUpBytes", "- wire", .kilobytes, floor: 19, aim: 17, growth: GrowthLimit.none)
    static let hundredDown = Row(
        "hundredDown", "100 changes down: whole process", .milliseconds, floor: 20, aim: 25,
        growth: GrowthLimit.none)
    static let hundredDownBytes = Row(
        "hundredDownBytes", "- wire", .kilobytes, floor: 19, aim: 17, growth: GrowthLimit.none)

    static let idle = Row(
        "idle", "nothing to do: whole process", .milliseconds, floor: 8, aim: 12,
        growth: GrowthLimit.none)
    static let idleCPU = Row("idleCPU", "- CPU of it", .milliseconds)
    static let idleRoundTrips = Row(
        "idleRoundTrips", "- round trips", .count, floor: 1, aim: 1, growth: GrowthLimit.none)
    static let idleBytes = Row(
        "idleBytes", "- wire", .bytes, floor: 196, aim: 600, growth: GrowthLimit.none)
    static let oneLogged = Row(
        "oneLogged", "one one-to-one logged: whole process", .milliseconds, floor: 3, aim: 10,
        growth: GrowthLimit.none)
    static let oneLoggedCPU = Row("oneLoggedCPU", "- CPU of it", .milliseconds)

    static let diskHub = Row(
        "diskHub", "disk per change, after a night: hub", .bytes, floor: 1683, aim: 1300,
        growth: .aQuarter)
    static let diskLog = Row("diskLog", "- hub's log", .bytes)
    static let diskNotebook = Row("diskNotebook", "- hub's notebook", .bytes)
    static let diskWriter = Row(
        "diskWriter", "- laptop that wrote it", .bytes, floor: 1683, aim: 1300, growth: .aQuarter)
    static let diskReader = Row(
        "diskReader", "- laptop that got it", .bytes, floor: 1683, aim: 1300, growth: .aQuarter)

    static let laptopMemory = Row(
        "laptopMemory", "peak memory (aim: at L): laptop", .megabytes, aim: 64)
    static let hubMemory = Row("hubMemory", "- hub", .megabytes, aim: 128)
}
