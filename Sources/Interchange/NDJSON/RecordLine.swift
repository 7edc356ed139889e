import Replication
import Wording

/// One record as a line of NDJSON has it.
struct RecordLine {
    var kind: String
    var id: RecordID
    var fields: [String: JSONValue] = [:]
    /// What fields held before, the oldest first, where that says something of what they hold: somebody
    /// who did not come had said yes.
    var before: [String: JSONValue] = [:]
    /// All the values of fields that two people wrote apart.
    var conflicts: [String: JSONValue] = [:]
    var isDeleted = false
    /// Where a record lives whose kind no table describes.
    var space: String?

    init(kind: String, id: RecordID) {
        self.kind = kind
        self.id = id
    }

    /// Throws `JSONProblem` for a line that is no record.
    init(_ bytes: [UInt8]) throws {
        guard case .object(let line) = try JSONReader.value(bytes) else {
            throw JSONProblem(words: "it is no object")
        }
        guard let kind = line["kind"]?.text, !kind.isEmpty, kind.utf8.count <= 100 else {
            throw JSONProblem(words: "it does not say its \"kind\"")
        }
        guard let id = line["id"]?.text.flatMap({ RecordID($0) }), !Space.isReserved(id) else {
            throw JSONProblem(words: "its \"id\" is missing, or is no UUID")
        }
        self.init(kind: kind, id: id)
        fields = try Self.object(line["fields"], "fields")
        before = try Self.object(line["before"], "before")
        conflicts = try Self.object(line["conflicts"], "conflicts")
        guard line["deleted"] == nil || [.flag(true), .flag(false)].contains(line["deleted"]) else {
            throw JSONProblem(words: "its \"deleted\" is neither true nor false")
        }
        isDeleted = line["deleted"] == .flag(true)
        space = line["space"]?.text
    }

    private static func object(
        _ json: JSONValue?, _ name: String
    ) throws -> [String: JSONValue] {
        guard let json else { return [:] }
        guard let object = json.object else {
            throw JSONProblem(words: "its \"\(name)\" is no object")
        }
        return object
    }

    /// The line with its end.
    var bytes: [UInt8] {
        var line: [String: JSONValue] = [
            "kind": .text(kind), "id": .text(id.description), "fields": .object(fields),
        ]
        if !before.isEmpty { line["before"] = .object(before) }
        if !conflicts.isEmpty { line["conflicts"] = .object(conflicts) }
        if isDeleted { line["deleted"] = .flag(true) }
        if let space { line["space"] = .text(space) }
        return JSONValue.object(line).bytes + [0x0A]
    }
}
