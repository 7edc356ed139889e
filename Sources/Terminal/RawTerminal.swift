import Glibc

/// A terminal that hands over every key as it is pressed.
enum RawTerminal {
    enum Key: Equatable {
        case character(Character)
        /// What was pasted, in a line.
        case pasted(String)
        case backspace, delete, left, right, home, last, clear, tab
        /// Ctrl-C
        case interrupt
        /// Ctrl-D
        case end
        case unknown
    }

    /// Runs `body` while keys come as they are pressed; afterwards the terminal is as it was.
    static func using<Result>(_ body: () -> Result) -> Result {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return body() }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        raw.c_iflag &= ~tcflag_t(IXON)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
        send("\u{1B}[?2004h")
        defer { send("\u{1B}[?2004l") }
        return body()
    }

    private static func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    /// The next key; nil when there is no more input.
    static func key() -> Key? {
        guard let byte = byte() else { return nil }
        switch byte {
        case 1: return .home
        case 2: return .left
        case 3: return .interrupt
        case 4: return .end
        case 5: return .last
        case 6: return .right
        case 8, 127: return .backspace
        case 9: return .tab
        case 10, 13: return .character("\n")
        case 21: return .clear
        case 27: return escaped()
        case ..<32: return .unknown
        default: return character(from: byte)
        }
    }

    /// Shows a line in place of the one before, with the cursor so many columns before its end.
    static func draw(_ line: String, back: Int) {
        let cursor = back > 0 ? "\u{1B}[\(back)D" : ""
        send("\r\u{1B}[K\(Plain.oneLine(line))\(cursor)")
    }

    private static func byte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            HangUp.waitForTyping()
            guard !HangUp.isOver else { return nil }
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            return count == 1 ? byte : nil
        }
    }

    /// The arrow keys and their neighbours, as terminals have sent them since the VT220.
    private static func escaped() -> Key {
        guard let first = byte(), first == 91 || first == 79, var last = byte() else {
            return .unknown
        }
        var number = 0
        while (48...57).contains(last) || last == 59 {
            number = last == 59 ? number : min(number * 10 + Int(last - 48), 1000)
            guard let next = byte() else { return .unknown }
            last = next
        }
        switch (last, number) {
        case (67, _): return .right
        case (68, _): return .left
        case (72, _), (126, 1), (126, 7): return .home
        case (70, _), (126, 4), (126, 8): return .last
        case (126, 3): return .delete
        case (126, 200): return .pasted(pasted())
        default: return .unknown
        }
    }

    /// What comes between the marks of a pasted text (xterm's bracketed paste), its lines as one: a line
    /// end in the middle of notes answers no question.
    private static func pasted() -> String {
        let end = Array("\u{1B}[201~".utf8)
        var bytes: [UInt8] = []
        while let next = byte() {
            bytes.append(next)
            if bytes.suffix(end.count) == end[...] {
                bytes.removeLast(end.count)
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
            .split { $0.isWhitespace || $0.asciiValue.map { $0 < 32 } ?? false }
            .joined(separator: " ")
    }

    private static func character(from first: UInt8) -> Key {
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var bytes = [first]
        while bytes.count < length, let next = byte() { bytes.append(next) }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else {
            return .unknown
        }
        return .character(character)
    }
}
