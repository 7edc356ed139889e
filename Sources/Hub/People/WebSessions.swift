import Foundation
import GRDB
import Replication
import Store

/// A signed-in phone.
struct WebSession {
    let member: MemberID
    let formToken: String
    /// It is an hour or longer since anybody noted its use.
    let isNews: Bool

    /// A session ends after this long without use, and in any case after the second.
    static let idleMilliseconds: UInt64 = 14 * 86_400_000
    static let longestMilliseconds: UInt64 = 30 * 86_400_000

    static func begin(
        token: [UInt8], formToken: String, for member: MemberID, at milliseconds: UInt64,
        _ db: Database
    ) throws {
        try db.run(
            """
            INSERT INTO session(tokenHash, member, formToken, created, lastUsed)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                Data(SecretHash.of(token)), Data(member.bytes), formToken, Int64(milliseconds),
                Int64(milliseconds),
            ])
    }

    static func find(token: [UInt8], at milliseconds: UInt64, _ db: Database) throws -> WebSession?
    {
        let idle = Int64(milliseconds) - Int64(idleMilliseconds)
        let oldest = Int64(milliseconds) - Int64(longestMilliseconds)
        return try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT member, formToken, lastUsed < ? FROM session
                    WHERE tokenHash = ? AND lastUsed > ? AND created > ? AND revoked IS NULL
                    """),
            arguments: [
                Int64(milliseconds) - hourMilliseconds, Data(SecretHash.of(token)), idle, oldest,
            ]
        ).map { row in
            WebSession(
                member: try row.member(0), formToken: try row.value(1), isNews: try row.value(2))
        }
    }

    private static let hourMilliseconds: Int64 = 3_600_000

    /// Notes the use of a session.
    static func used(token: [UInt8], at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "UPDATE session SET lastUsed = ? WHERE tokenHash = ?",
            [Int64(milliseconds), Data(SecretHash.of(token))])
    }

    /// A session as the keeper sees it.
    struct Line {
        let tokenHash: [UInt8]
        let member: MemberID
        let lastUsed: UInt64
        let revoked: UInt64?
    }

    /// Every phone that is or was signed in, the first first.
    static func all(_ db: Database) throws -> [Line] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT tokenHash, member, lastUsed, revoked FROM session ORDER BY created")
        ).map { row in
            Line(
                tokenHash: Array(try row.value(0) as Data), member: try row.member(1),
                lastUsed: try row.count(2),
                revoked: (row[3] as DatabaseValue).isNull ? nil : try row.count(3))
        }
    }

    static func revokeAll(of member: MemberID, at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "UPDATE session SET revoked = ? WHERE member = ? AND revoked IS NULL",
            [Int64(milliseconds), Data(member.bytes)])
    }

    static func end(token: [UInt8], _ db: Database) throws {
        try db.run("DELETE FROM session WHERE tokenHash = ?", [Data(SecretHash.of(token))])
    }
}
