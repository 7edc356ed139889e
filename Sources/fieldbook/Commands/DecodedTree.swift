import Notebook
import Replication

/// Messages of the exchange as trees. Secrets (an invitation's code, what makes salts) stay out.
enum DecodedTree {
    static func of(_ request: SyncRequest) -> Tree {
        .fields([
            ("cursor", request.cursor.map(of) ?? .null), ("push", request.push.map(of) ?? .null),
            ("refusalsSeen", number(request.refusalsSeen)),
            ("wanted", .list(request.wanted.map(of))),
            (
                "points",
                .list(
                    request.points.map {
                        .fields([("seq", number($0.seq)), ("hash", hex($0.hash.bytes))])
                    })
            ), ("compare", request.compare.map(of) ?? .null),
            ("takesSnapshot", .flag(request.takesSnapshot)),
            ("snapshot", number(request.snapshot)),
        ])
    }

    private static func of(_ compare: Compare) -> Tree {
        switch compare {
        case .spaces: .text("spaces")
        case .buckets(let id): .fields([("space", space(id)), ("buckets", .null)])
        case .records(let id, let buckets):
            .fields([("space", space(id)), ("buckets", hex(buckets))])
        }
    }

    private static func of(_ sum: Sum) -> Tree {
        let subject: (String, Tree) =
            switch sum.subject {
            case .space(let id): ("space", space(id))
            case .bucket(let bucket): ("bucket", hex([bucket]))
            case .record(let key): ("record", of(key))
            }
        return .fields([subject, ("sum", hex(sum.sum.bytes))])
    }

    static func of(_ answer: SyncAnswer) -> Tree {
        .fields([
            ("cursor", of(answer.cursor)), ("acknowledged", of(answer.acknowledged)),
            (
                "refused",
                .list(
                    answer.refused.map {
                        .fields([("seq", number($0.seq)), ("rule", .text($0.rule))])
                    })
            ),
            (
                "lowered",
                .list(
                    answer.lowered.map {
                        .fields([("seq", number($0.seq)), ("effective", of($0.effective))])
                    })
            ),
            ("leave", .list(answer.leave.map(of))), ("enter", .list(answer.enter.map(of))),
            ("more", .flag(answer.more)), ("roles", .list(answer.roles.map(Tree.text))),
            ("entries", .list(answer.entries.map(of))),
            ("fingerprint", answer.fingerprint.map { hex($0.bytes) } ?? .null),
            ("sums", .list(answer.sums.map(of))), ("unknown", .list(answer.unknown.map(of))),
            ("snapshot", answer.snapshot.map(of) ?? .null),
        ])
    }

    private static func of(_ snapshot: Snapshot) -> Tree {
        let blocks = snapshot.blocks.map { block in
            Tree.fields([
                ("hash", hex(block.hash.bytes)), ("bytes", .number(Int64(block.bytes))),
                ("commits", .number(Int64(block.commits))),
            ])
        }
        return .fields([
            ("seq", number(snapshot.seq)), ("cursor", of(snapshot.cursor)),
            ("blocks", .list(blocks)),
        ])
    }

    static func of(_ request: EnrolRequest) -> Tree {
        .fields([
            ("code", .text("(not shown)")), ("publicKey", hex(request.publicKey.bytes)),
            ("member", .text(request.member.description)),
        ])
    }

    static func of(_ answer: EnrolAnswer) -> Tree {
        .fields([
            ("hub", .text(answer.hub.description)), ("epoch", hex(answer.epoch.bytes)),
            ("congregation", .text(answer.congregation.description)),
            ("congregationName", .text(answer.congregationName)), ("name", .text(answer.name)),
            ("person", answer.person.map { .text($0.description) } ?? .null),
            ("roles", .list(answer.roles.map(Tree.text))),
            ("scope", .list(answer.scope.ids.map(space))),
        ])
    }

    static func block(_ entries: [Entry]) -> Tree {
        .fields([("entries", .list(entries.map(of)))])
    }

    private static func of(_ push: Push) -> Tree {
        .fields([
            ("previous", hex(push.previous.bytes)), ("signature", hex(push.signature)),
            ("secrets", .text("\(push.secrets.count) (not shown)")),
            ("entries", .list(push.entries.map(of))),
        ])
    }

    private static func of(_ cursor: Cursor) -> Tree {
        let positions = cursor.positions.sorted { $0.key < $1.key }.map { id, seq in
            Tree.fields([("space", space(id)), ("seq", number(seq))])
        }
        return .fields([
            ("hub", .text(cursor.hub.description)), ("epoch", hex(cursor.epoch.bytes)),
            ("mark", hex(Epoch(rawValue: cursor.mark).bytes)),
            ("seal", hex(Epoch(rawValue: cursor.seal).bytes)),
            ("positions", .list(positions)),
        ])
    }

    private static func of(_ head: ChainHead) -> Tree {
        .fields([("seq", number(head.seq)), ("chain", hex(head.hash.bytes))])
    }

    private static func of(_ key: RecordKey) -> Tree {
        .fields([("kind", .text(Kinds.name(of: key.kind))), ("id", .text(key.id.description))])
    }

    private static func of(_ entry: Entry) -> Tree {
        switch entry {
        case .stub(let dot, let digest):
            .fields([("dot", .text(dot.description)), ("stub", hex(digest.bytes))])
        case .commit(let commit):
            .fields([
                ("dot", .text(commit.dot.description)), ("stamp", of(commit.stamp)),
                ("effective", of(commit.effective)), ("author", .text(commit.author.description)),
                ("kind", .text(Kinds.name(of: commit.key.kind))),
                ("record", .text(commit.key.id.description)),
                ("actEndsAt", number(commit.transaction)),
                ("writes", .list(commit.writes.map { of($0, commit.key.kind) })),
            ])
        }
    }

    private static func of(_ write: FieldWrite, _ kind: Kind) -> Tree {
        let rule =
            switch write.rule {
            case .keep: "keep"
            case .latest: "latest"
            case .set: "set"
            case .once: "once"
            default: "rule \(write.rule.rawValue)"
            }
        let value = write.field == CommonField.space ? write.value.id.map(space) : nil
        return .fields([
            ("field", .text(Kinds.fieldName(write.field, of: kind))), ("rule", .text(rule)),
            (write.removes ? "removes" : "value", value ?? ValueWords.tree(write.value)),
            ("overwrites", .list(write.overwrites.map { .text($0.description) })),
        ])
    }

    private static func of(_ stamp: Stamp) -> Tree {
        let counter = stamp.counter == 0 ? "" : " +\(stamp.counter)"
        return .text(Zone.utc.timestamp(stamp.milliseconds) + counter)
    }

    private static func space(_ id: SpaceID) -> Tree {
        switch id {
        case Space.all: .text("all")
        case Space.commons: .text("commons")
        case Space.organizers: .text("organizers")
        default: .text(id.description)
        }
    }

    private static func number(_ number: UInt64) -> Tree { .number(Int64(clamping: number)) }

    private static func hex(_ bytes: [UInt8]) -> Tree { .text(Hex.encode(bytes)) }
}
