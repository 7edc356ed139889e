import Glibc
package import Wording

/// A line that somebody types at a terminal: arrow keys move in it, Tab completes it.
package struct LineEditor {
    /// What Tab offers for what stands before the cursor.
    private let completions: (String) -> [String]
    private var text: [Character] = []
    private var cursor = 0

    package init(completions: @escaping (String) -> [String] = { _ in [] }) {
        self.completions = completions
    }

    /// Asks at the terminal. Returns what was typed, `given` for Return alone, and nil when whoever
    /// types ends the input (Ctrl-D) or gives up (Ctrl-C). Where the terminal is gone in the middle of a
    /// line, that is lost, unless `isText`: then half of it is worth having.
    package static func ask(
        _ question: Phrase, given: String = "", isText: Bool = false,
        completions: @escaping (String) -> [String] = { _ in [] }
    ) -> String? {
        var editor = LineEditor(completions: completions)
        let offer = given.isEmpty ? "" : " [\(Plain.oneLine(given))]"
        let typed = RawTerminal.using {
            editor.read(after: Plain.oneLine(question.text) + offer + " ")
                ?? (isText && !Asking.isInTerminal ? editor.unfinished : nil)
        }
        return typed.map { $0.isEmpty ? given : $0 }
    }

    private mutating func read(after question: String) -> String? {
        // A question that leaves no room to answer stands above.
        var prompt = question
        if Wrapping.width(question) > Screen.columns / 2 {
            Screen.prompt(Wrapping.lines(question, Screen.columns).joined(separator: "\n") + "\n")
            prompt = "> "
        }
        draw(after: prompt)
        while let key = RawTerminal.key() {
            switch key {
            case .character("\r"), .character("\n"):
                Screen.prompt("\n")
                return Plain.trimmed(String(text))
            case .interrupt:
                Screen.prompt("\n")
                return nil
            case .end where text.isEmpty:
                Screen.prompt("\n")
                return nil
            case .tab: complete(after: prompt)
            default: apply(key)
            }
            draw(after: prompt)
        }
        return nil
    }

    /// What was typed of a line that was not ended; nil for nothing.
    private var unfinished: String? { text.isEmpty ? nil : Plain.trimmed(String(text)) }

    private mutating func insert(_ characters: [Character]) {
        text.insert(contentsOf: characters, at: cursor)
        cursor += characters.count
    }

    private mutating func apply(_ key: RawTerminal.Key) {
        switch key {
        case .character(let character):
            insert([character])
        case .pasted(let pasted): insert(Array(pasted))
        case .backspace where cursor > 0:
            cursor -= 1
            text.remove(at: cursor)
        case .delete where cursor < text.count, .end where cursor < text.count:
            text.remove(at: cursor)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home: cursor = 0
        case .last: cursor = text.count
        case .clear:
            text.removeFirst(cursor)
            cursor = 0
        default: break
        }
    }

    /// One completion is taken; of several their common beginning, and they are listed.
    private mutating func complete(after prompt: String) {
        let typed = String(text[..<cursor])
        let found = completions(typed)
        guard let first = found.first else { return }
        let common = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        if found.count == 1 || common.count > typed.count {
            text.replaceSubrange(..<cursor, with: Array(common))
            cursor = common.count
        }
        guard found.count > 1 else { return }
        let listed = found.prefix(12).joined(separator: ", ")
        Screen.prompt("\n  " + listed + (found.count > 12 ? ", …" : "") + "\n")
    }

    private func draw(after prompt: String) {
        let room = Screen.columns - 1 - Wrapping.width(prompt)
        let shown = Self.window(of: text, at: cursor, columns: room)
        RawTerminal.draw(prompt + shown.text, back: shown.back)
    }

    /// What of a text fits into so many columns, with the cursor in it, and how many columns the
    /// cursor stands before its end. Where it is cut there are three dots.
    package static func window(
        of text: [Character], at cursor: Int, columns: Int
    ) -> (text: String, back: Int) {
        let widths = text.map { Wrapping.width(String($0)) }
        let (before, after) = (widths[..<cursor].reduce(0, +), widths[cursor...].reduce(0, +))
        guard before + after > columns else {
            return (String(text), after)
        }
        var (start, end) = (cursor, cursor)
        var room = columns - 2
        // What stands before the cursor is what somebody is typing.
        let ahead = min(after, columns / 4)
        while start > 0, room - widths[start - 1] >= ahead {
            start -= 1
            room -= widths[start]
        }
        while end < text.count, room - widths[end] >= 0 {
            room -= widths[end]
            end += 1
        }
        let shown =
            (start > 0 ? "…" : "") + String(text[start..<end]) + (end < text.count ? "…" : "")
        let back = widths[cursor..<end].reduce(0, +) + (end < text.count ? 1 : 0)
        return (shown, back)
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
    }
}
