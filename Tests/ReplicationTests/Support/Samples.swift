import Replication

extension DeviceID {
    static let a = DeviceID(rawValue: 0xAAAA_AAAA_AAAA_AAAA)
    static let b = DeviceID(rawValue: 0xBBBB_BBBB_BBBB_BBBB)
    static let c = DeviceID(rawValue: 0xCCCC_CCCC_CCCC_CCCC)
}

extension MemberID {
    /// The member who acts on a device of the tests.
    init(of device: DeviceID) {
        self.init(rawValue: 0x018F_0000_0000_7000_8000_0000_0000_0000 | UInt128(device.rawValue))
    }
}

extension RecordKey {
    /// The record of tests that need only one.
    static let sample = RecordKey(
        1, RecordID(rawValue: 0x018F_3C5A_7B00_7ABC_8DEF_0123_4567_89AB))
}

extension Commit {
    /// A commit on a record; times are milliseconds.
    static func by(
        _ device: DeviceID, _ seq: Seq, at time: UInt64 = 1_000, effective: UInt64? = nil,
        on key: RecordKey = .sample, salt: Salt? = nil, _ writes: FieldWrite...
    ) -> Commit {
        Commit(
            dot: Dot(device, seq), stamp: Stamp(milliseconds: time),
            effective: effective.map { Stamp(milliseconds: $0) }, author: MemberID(of: device),
            key: key, transaction: seq, salt: salt, writes: writes)
    }

    /// The same commit with the effective stamp that a hub gave it.
    func lowered(to time: UInt64) -> Commit {
        var copy = self
        copy.effective = Stamp(milliseconds: time)
        return copy
    }
}

extension FieldWrite {
    /// A text in a field of the rule `keep`.
    static func text(_ field: Field, _ text: String, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: field, value: .text(text), overwrites: dots)
    }

    static func adds(_ field: Field, _ element: String, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: field, rule: .set, value: .text(element), overwrites: dots)
    }

    static func removes(_ field: Field, _ element: String, over dots: Dot...) -> FieldWrite {
        FieldWrite(
            field: field, rule: .set, value: .text(element), removes: true, overwrites: dots)
    }

    static func moves(to space: SpaceID, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: CommonField.space, value: .id(space), overwrites: dots)
    }

    static func deletes(_ dots: Dot...) -> FieldWrite {
        FieldWrite(field: CommonField.life, value: .deleted, overwrites: dots)
    }

    static func restores(_ dots: Dot...) -> FieldWrite {
        FieldWrite(field: CommonField.life, value: .restored, overwrites: dots)
    }

    static let erases = FieldWrite(field: CommonField.erased, value: .int(1))
}

extension RecordState {
    /// What commits make of a record, in the order given.
    init(_ commits: Commit...) {
        self.init()
        for commit in commits { apply(commit) }
    }
}
