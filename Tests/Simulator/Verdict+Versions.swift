import Hub
import Notebook
import Replication
import Store

/// What must hold between versions that do not know the same, and of people who are there twice.
extension Verdict {
    /// Whoever wrote a field wrote it by its own rule, also a version that does not know the field: a
    /// hub that does would refuse any other.
    func checkRules(_ truth: [RecordKey: RecordState]) throws {
        for (key, state) in truth where key.kind == Person.kind.number {
            for cell in state.cells {
                let field = FieldSchema.newOfPerson.first { $0.number == cell.key.field }
                guard let field, cell.live.contains(where: { $0.rule != field.rule }) else {
                    continue
                }
                throw Broken("the field \(field.name) of \(key.id) was written by another rule.")
            }
        }
    }

    /// All who read everything take the same entries for the same people.
    func checkSamePeople(
        _ truth: [RecordKey: RecordState], at node: HubNode
    ) throws {
        let hub = node.hub.own
        let right = try hub.people().map { [$0.id] + $0.others.map(\.id) }
        let contested = try hub.contestedPairs().map { PersonPair($0.a, $0.b) }
        try checkDenied(truth, try hub.samePeople())
        for laptop in world.laptops where laptop.home === node {
            if case .spaces? = try laptop.store.meta().cursor?.scope { continue }
            let found = try laptop.notebook.people().map { [$0.id] + $0.others.map(\.id) }
            let divided = try laptop.notebook.contestedPairs().map { PersonPair($0.a, $0.b) }
            guard Set(found) == Set(right), divided == contested else {
                let apart = Set(found).symmetricDifference(right).map { "\($0)" }.sorted()
                throw Broken(
                    "\(laptop.name) takes others for one person than \(node.name) does: \(apart)")
            }
        }
    }

    /// Two of whom anybody says that they are two people are never shown as one.
    private func checkDenied(
        _ truth: [RecordKey: RecordState], _ people: SamePeople
    ) throws {
        for (key, state) in truth where key.kind == SamePerson.kind.number {
            guard state.life == .alive, let a = state.value(of: SamePerson.a.number)?.id,
                let b = state.value(of: SamePerson.b.number)?.id,
                let said = state[SamePerson.verdict.number]?.live,
                said.contains(where: { $0.value.text == SamePerson.different })
            else { continue }
            guard !people.areOne(a, b) else {
                throw Broken("\(a) and \(b) are shown as one person.")
            }
        }
    }
}
