package import Replication

extension DeviceID {
    package static let a = DeviceID(rawValue: 0xAAAA_AAAA_AAAA_AAAA)
    package static let b = DeviceID(rawValue: 0xBBBB_BBBB_BBBB_BBBB)
    package static let c = DeviceID(rawValue: 0xCCCC_CCCC_CCCC_CCCC)
}

extension MemberID {
    /// The member who acts on a device of the tests.
    package init(of device: DeviceID) {
        self.init(rawValue: 0x018F_0000_0000_7000_8000_0000_0000_0000 | UInt128(device.rawValue))
    }
}

extension RecordKey {
    /// The record of tests that need only one.
    package static let sample = RecordKey(
        1, RecordID(rawValue: 0x018F_3C5A_7B00_7ABC_8DEF_0123_4567_89AB))
}

extension Commit {
    /// A commit on a record; times are milliseconds.
    package static func by(
        _ device: DeviceID, _ seq: Seq, at time: UInt64 = 1_000, effective: UInt64? = nil,
        on key: RecordKey = .sample, salt: Salt? = nil, _ writes: FieldWrite...
    ) -> Commit {
        Commit(
            dot: Dot(device, seq), stamp: Stamp(milliseconds: time),
            effective: effective.map { Stamp(milliseconds: $0) }, author: MemberID(of: device),
            key: key, transaction: seq, salt: salt, writes: writes)
    }

    /// The same commit with the effective stamp that a hub gave it.
    package func lowered(to time: UInt64) -> Commit {
        var copy = self
        copy.effective = Stamp(milliseconds: time)
        return copy
    }
}

extension FieldWrite {
    /// A text in a field of the rule `keep`.
    package static func text(_ field: Field, _ text: String, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: field, value: .text(text), overwrites: dots)
    }

    package static func adds(_ field: Field, _ element: String, over dots: Dot...) -> FieldWrite {
        FieldWrite(field: field, rule: .set, value: .text(element), overwrites: dots)
    }

    package static func removes(_ field: Field, _ element: String, over dots: Dot...) -> FieldWrite
    {
        FieldWrite(
            field: field, rule: .set, value: .text(element), removes: true, overwrites: dots)
    }

    package static func moves(to space: SpaceID, over dots: Dot...) -> FieldWrite {
        FieldWrite(
            field: CommonField.space, rule: .latest, value: .id(space), overwrites: dots)
    }

    package static func deletes(_ dots: Dot...) -> FieldWrite {
        FieldWrite(field: CommonField.life, value: .deleted, overwrites: dots)
    }

    package static func restores(_ dots: Dot...) -> FieldWrite {
        FieldWrite(field: CommonField.life, value: .restored, overwrites: dots)
    }

    package static let erases = FieldWrite(field: CommonField.erased, value: .int(1))
}

extension RecordState {
    /// What commits make of a record, in the order given.
    package init(_ commits: Commit...) {
        self.init()
        for commit in commits { apply(commit) }
    }
}
