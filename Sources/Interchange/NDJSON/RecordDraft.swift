import Notebook
import Replication
import Store
import Wording

/// What a line wants of a record.
struct RecordDraft {
    private(set) var changes: [Change] = []
    /// The turf that the line names.
    private(set) var move: SpaceID?
    /// Fields that nobody here knows.
    private(set) var unknown: [String: JSONValue] = [:]
    /// Fields in conflict: nobody settles one by importing.
    private(set) var leftAlone: Set<String> = []
    private let key: RecordKey
    private let state: RecordState
    private let policy: KindPolicy?

    init(_ key: RecordKey, _ state: RecordState, policy: KindPolicy?) {
        self.key = key
        self.state = state
        self.policy = policy
    }

    /// Takes in one field. Throws `LineProblem` for a value that it cannot have.
    mutating func set(_ name: String, _ json: JSONValue, isInConflict: Bool) throws {
        do {
            if isInConflict {
                leave(name)
                guard state.cells.isEmpty else { return }
            }
            if name == "turf", policy?.home == .turf {
                try setTurf(json)
            } else if let field = policy?.schema.field(named: name) {
                try set(field, json)
            } else if let number = KindName.number(in: name, after: "field "),
                number >= CommonField.firstOfKind, policy?.schema.field(number) == nil
            {
                try set(number, json)
            } else {
                unknown[name] = json
            }
        } catch let unfit as Unfit {
            throw LineProblem("Its field \"\(name)\" holds \(unfit.words). Correct the line.")
        }
    }

    /// The changes, one after another, by which a new record's fields came to what they held before.
    /// Throws `LineProblem`.
    func way(_ before: [String: JSONValue]) throws -> [Change] {
        try before.sorted { $0.key < $1.key }.flatMap { name, json -> [Change] in
            guard let field = policy?.schema.field(named: name), field.isWay else { return [] }
            guard case .list(let values) = json, values.count <= Self.mostSteps,
                let steps = try? values.map({ try TypedValue.value($0, as: field.type) })
            else {
                throw LineProblem("What \"\(name)\" held before is no list of its values.")
            }
            return steps.map { .set(field.number, field.rule, $0) }
        }
    }

    /// More steps than any way has.
    private static let mostSteps = 100

    /// Notes a field as in conflict.
    mutating func leave(_ name: String) { leftAlone.insert(name) }

    /// What the record's field will hold.
    func value(of field: FieldSchema) -> Value? {
        changes.value(of: field, in: state)
    }

    private mutating func setTurf(_ json: JSONValue) throws {
        let value = try TypedValue.value(json, as: .id)
        if state[CommonField.space]?.conflict != nil { return leave("turf") }
        guard value.id.map({ $0 != Space.commons && $0 != Space.all }) ?? true else {
            throw Unfit("no turf's id")
        }
        move = value.id ?? Space.organizers
    }

    private mutating func set(_ field: FieldSchema, _ json: JSONValue) throws {
        guard field.isSet else {
            return put(
                field.number, field.rule, try TypedValue.value(json, as: field.type), field.name)
        }
        guard case .list(let list) = json == .null ? .list([]) : json else {
            throw Unfit("\(json.words) where a list belongs")
        }
        try setElements(
            field.number, list.map { element in try TypedValue.value(element, as: field.type) })
    }

    /// A field that only a newer program's schema describes.
    private mutating func set(_ number: Field, _ json: JSONValue) throws {
        let (values, rule) = try TypedValue.unknown(json)
        if rule == .set {
            try setElements(number, values)
        } else if let value = values.first {
            put(number, rule, value, "field \(number)")
        }
    }

    private mutating func put(_ number: Field, _ rule: MergeRule, _ value: Value, _ name: String) {
        if state[number]?.conflict != nil { return leave(name) }
        changes.append(.set(number, rule, value))
    }

    /// The set will hold exactly these elements.
    private mutating func setElements(_ number: Field, _ elements: [Value]) throws {
        guard !elements.contains(.null) else { throw Unfit("null in a list") }
        for element in state.elements(of: number) where !elements.contains(element) {
            changes.append(.remove(number, element))
        }
        changes += elements.map { .insert(number, $0) }
    }
}
