import Foundation
import Histories
import Interchange
import Testing

@Suite("Files that something spoiled")
struct SpoiledTests {
    private static let good: [(name: String, text: String)] = [
        (
            "a.csv",
            "Name;Phone;\"E-mail\"\r\n\"Rosa \"\"R\"\" Álvarez\";612-555-0100;rosa@example.org\r\n"
                + "Luis;'+1;\"two\nlines\"\r\n"
        ),
        (
            "a.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=81;R;;;\r\n"
                + "FN:Rosa\\, R\r\nTEL;TYPE=\"cell\":1\r\nADR:;;a;b;c;d;e\r\n f\r\nEND:VCARD\r\n"
        ),
        (
            "a.ndjson",
            #"{"kind":"person","id":"01900000-0000-7000-8000-000000000001","fields":"#
                + #"{"name":"Ros\u00e1 \ud83d\ude00","tags":["a"],"x":{"y":[1.5e3,null,true]}}}"#
                + "\n"
        ),
    ]

    /// Bytes changed, left out, doubled and moved: each time everything comes in, or some of it, or
    /// nothing, and the notebook is whole.
    @Test("No spoiled file breaks anything", arguments: 0..<3)
    func spoiled(_ index: Int) throws {
        let (name, text) = Self.good[index]
        let desk = try Desk()
        var random = SplitMix64(seed: UInt64(index))
        for round in 0..<150 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[place], at: place)
                default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
                }
            }
            do {
                let report = try desk.bring(bytes: bytes, as: name, ImportSettings(isDryRun: true))
                #expect(report.created + report.rejected + report.skipped < 20, "round \(round)")
            } catch is InterchangeError {
                continue
            }
        }
        #expect(try desk.names.isEmpty)
        #expect(try desk.bring(text, as: name).rejected == 0)
    }

    @Test("A file of one endless line, or of nothing but quotation marks, ends")
    func endless() throws {
        let desk = try Desk()
        for name in ["a.ndjson", "a.vcf"] {
            for byte in Array("x\"\\[=".utf8) {
                let bytes = [UInt8](repeating: byte, count: 1 << 20)
                #expect(try desk.bring(bytes: bytes, as: name).created == 0)
            }
        }
    }
}
