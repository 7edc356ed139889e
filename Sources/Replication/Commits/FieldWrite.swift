/// A field of a record. Numbers below 16 mean the same in every kind.
package typealias Field = UInt32

/// The fields that every kind has.
package enum CommonField {
    /// Deleted (0, an int) or restored (1). A delete covers the values whose dots it names.
    package static let life: Field = 1
    /// The space the record lives in. Written by its first commit and by every move.
    package static let space: Field = 2
    /// Present once an admin has erased the record: everything else of it is gone.
    package static let erased: Field = 3
    /// A kind's own fields start here.
    package static let firstOfKind: Field = 16
}

/// What one commit says about one field, or about one element of a set.
package struct FieldWrite: Hashable, Sendable {
    package let field: Field
    package let rule: MergeRule
    /// With the rule `set` only: the element is taken out, not put in.
    package let removes: Bool
    /// The new value; with the rule `set`, the element.
    package let value: Value
    /// The dots whose values the person saw when they saved. In ascending order.
    package let overwrites: [Dot]

    /// About as many bytes as the write takes in a payload.
    package var size: Int { value.bytes.count + 24 + overwrites.count * 15 }

    /// `overwrites` may come in any order.
    package init(
        field: Field, rule: MergeRule = .keep, value: Value, removes: Bool = false,
        overwrites: [Dot] = []
    ) {
        self.field = field
        self.rule = rule
        self.removes = removes
        self.value = value
        self.overwrites = overwrites.count > 1 ? overwrites.sorted() : overwrites
    }

    /// The cell that this write belongs to.
    package var cell: CellKey {
        CellKey(field: field, element: rule == .set ? value : nil)
    }
}

/// A cell's name within its record: a field, or an element of a set.
package struct CellKey: Hashable, Comparable, Sendable {
    package let field: Field
    /// The element, for the rule `set`.
    package let element: Value?

    package init(field: Field, element: Value? = nil) {
        self.field = field
        self.element = element
    }

    /// By field, then no element before any, then by the element's type and bytes.
    package static func < (a: CellKey, b: CellKey) -> Bool {
        guard a.field == b.field else { return a.field < b.field }
        guard let x = a.element, let y = b.element else {
            return a.element == nil && b.element != nil
        }
        guard x.type == y.type else { return x.type.rawValue < y.type.rawValue }
        return x.bytes.lexicographicallyPrecedes(y.bytes)
    }
}
