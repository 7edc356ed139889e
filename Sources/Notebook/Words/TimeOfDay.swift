/// A time that people arrange, as hours and minutes.
struct TimeOfDay: CustomStringConvertible {
    private let hour: Int
    private let minute: Int

    /// Reads `18:30`, `18h30`, `6:30 pm`, `6pm` and `18`; `6` is in the evening, since nobody arranges a
    /// meeting before eight, and `06` in the morning. Throws `NotebookError.notATime`.
    init(_ text: String) throws {
        let pattern = /(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap])?\.?\s?m?\.?/.ignoresCase()
        guard let match = text.wholeMatch(of: pattern), var hour = Int(match.1),
            let minute = match.2.map({ Int($0) }) ?? 0, minute < 60
        else { throw NotebookError.notATime(text) }
        if let half = match.3 {
            guard (1...12).contains(hour) else { throw NotebookError.notATime(text) }
            hour = hour % 12 + (half.lowercased() == "p" ? 12 : 0)
        } else if (1...7).contains(hour), match.1.count == 1 {
            hour += 12
        }
        guard hour < 24 else { throw NotebookError.notATime(text) }
        self.hour = hour
        self.minute = minute
    }

    /// "18:30", which sorts by time.
    var description: String { "\(Self.padded(hour)):\(Self.padded(minute))" }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
