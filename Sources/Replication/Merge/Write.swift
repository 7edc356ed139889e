/// One member's value for a cell, with what is needed to show it: who, when, in which commit.
package struct Write: Hashable, Sendable {
    package let dot: Dot
    package let stamp: Stamp
    package var effective: Stamp
    package let author: MemberID
    package let rule: MergeRule
    package let removes: Bool
    package let value: Value

    package init(
        dot: Dot, stamp: Stamp, effective: Stamp, author: MemberID, rule: MergeRule, removes: Bool,
        value: Value
    ) {
        self.dot = dot
        self.stamp = stamp
        self.effective = effective
        self.author = author
        self.rule = rule
        self.removes = removes
        self.value = value
    }

    init(_ write: FieldWrite, of commit: Commit) {
        self.init(
            dot: commit.dot, stamp: commit.stamp, effective: commit.effective,
            author: commit.author, rule: write.rule, removes: write.removes, value: write.value)
    }
}
