import Notebook
import Replication
import Store

/// What a kind is called in a file: by its name in the table of kinds; by its number, where only a
/// newer program knows its name.
enum KindName: Hashable, Sendable {
    case known(Kind)
    /// "kind 77"
    case numbered(Kind)
    /// A word that no table has.
    case foreign(String)

    init(_ name: String) {
        if let policy = Kinds.named(name), !Self.isOurOwnAffair(policy.schema.number) {
            self = .known(policy.schema.number)
        } else if let number = Self.number(in: name, after: "kind "),
            Kinds.policy(of: number) == nil
        {
            self = .numbered(number)
        } else {
            self = .foreign(name)
        }
    }

    /// What tells of imports, not of people: it is in no file, or else no export of an import could
    /// be the export that was imported.
    static func isOurOwnAffair(_ kind: Kind) -> Bool {
        [ImportBatch.kind.number, Foreign.kind.number].contains(kind)
    }

    /// 77 of "kind 77"
    static func number(in name: String, after word: String) -> UInt32? {
        guard name.hasPrefix(word), let number = UInt32(name.dropFirst(word.count)),
            UInt64(number) < Limits.number, name == "\(word)\(number)"
        else { return nil }
        return number
    }
}
