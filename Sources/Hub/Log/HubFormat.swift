import GRDB
package import Store
import Wording

extension DatabaseFile.Format {
    /// A hub's file: its log, and everything that decides who may read and write it. Migrations are
    /// append-only: one that has shipped is never edited.
    package static let hub = Self(
        applicationID: 0x4642_4831, name: "a Fieldbook hub", migrator: migrator)

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 log, places, members") { db in
            try db.execute(
                sql: """
                    CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

                    -- The log's names: the last one is its name now.
                    CREATE TABLE epoch(
                        id INTEGER PRIMARY KEY,
                        epoch BLOB NOT NULL UNIQUE,
                        began INTEGER NOT NULL
                    ) STRICT;

                    -- Every accepted commit of the congregation, in the order of acceptance. A stub
                    -- has neither payload nor record nor space. A commit that is packed has neither
                    -- payload nor author: a snapshot's block has them.
                    CREATE TABLE log(
                        seq INTEGER PRIMARY KEY,
                        device INTEGER NOT NULL,
                        deviceSeq INTEGER NOT NULL,
                        act INTEGER NOT NULL,
                        digest BLOB NOT NULL,
                        -- The end of a chain over the digests of the log so far.
                        mark INTEGER NOT NULL,
                        stamp INTEGER,
                        effective INTEGER,
                        author BLOB,
                        kind INTEGER,
                        record BLOB,
                        salt BLOB,
                        payload BLOB,
                        -- Where the record lives after this commit, and before it when it moved.
                        space BLOB,
                        origin BLOB
                    ) STRICT;
                    CREATE UNIQUE INDEX logByDot ON log(device, deviceSeq);
                    CREATE INDEX logByRecord ON log(record) WHERE record IS NOT NULL;

                    -- Where each record lives, as the hub knows it: the cell of its moves.
                    CREATE TABLE place(
                        record BLOB NOT NULL,
                        kind INTEGER NOT NULL,
                        space BLOB NOT NULL,
                        cell BLOB NOT NULL,
                        erased INTEGER NOT NULL DEFAULT 0,
                        -- How much the log holds of it.
                        weight INTEGER NOT NULL,
                        bytes INTEGER NOT NULL,
                        -- The block that has what is packed of it.
                        block INTEGER,
                        PRIMARY KEY(record, kind)
                    ) STRICT, WITHOUT ROWID;

                    -- Where it lived before, up to a place in the log.
                    CREATE TABLE formerPlace(
                        record BLOB NOT NULL,
                        kind INTEGER NOT NULL,
                        untilSeq INTEGER NOT NULL,
                        movedAt INTEGER NOT NULL,
                        space BLOB NOT NULL,
                        PRIMARY KEY(record, kind, untilSeq)
                    ) STRICT, WITHOUT ROWID;

                    -- Commits that will never be accepted, until their device has heard of it.
                    CREATE TABLE refusal(
                        device INTEGER NOT NULL,
                        deviceSeq INTEGER NOT NULL,
                        rule TEXT NOT NULL,
                        PRIMARY KEY(device, deviceSeq)
                    ) STRICT, WITHOUT ROWID;

                    -- The signature of each push: what lets another hub trust what it did not see.
                    CREATE TABLE push(
                        device INTEGER NOT NULL,
                        deviceSeq INTEGER NOT NULL,
                        signature BLOB NOT NULL,
                        PRIMARY KEY(device, deviceSeq)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE member(
                        id BLOB PRIMARY KEY,
                        name TEXT NOT NULL,
                        person BLOB,
                        added INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    -- Authority. No synced record can change it. The turf of a role without one is
                    -- empty.
                    CREATE TABLE grants(
                        member BLOB NOT NULL REFERENCES member(id),
                        role TEXT NOT NULL,
                        turf BLOB NOT NULL,
                        PRIMARY KEY(member, role, turf)
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE device(
                        id INTEGER PRIMARY KEY,
                        publicKey BLOB NOT NULL,
                        member BLOB NOT NULL REFERENCES member(id),
                        -- The device in whose place this one has come.
                        predecessor INTEGER,
                        headSeq INTEGER NOT NULL DEFAULT 0,
                        headHash BLOB NOT NULL,
                        added INTEGER NOT NULL,
                        lastSeen INTEGER NOT NULL,
                        -- The last place of the log up to which the device has said that it has stored it.
                        storedSeq INTEGER NOT NULL DEFAULT 0,
                        -- The hub was put back from a backup: the device's chain grows no more.
                        isFrozen INTEGER NOT NULL DEFAULT 0,
                        revoked INTEGER
                    ) STRICT;

                    -- What a member who is no organizer stored on the last day on which they did, in
                    -- days since 1970.
                    CREATE TABLE quota(
                        member BLOB PRIMARY KEY REFERENCES member(id),
                        day INTEGER NOT NULL,
                        entries INTEGER NOT NULL,
                        bytes INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    -- Invitations, found by the SHA-256 of their code.
                    CREATE TABLE invitation(
                        codeHash BLOB PRIMARY KEY,
                        name TEXT NOT NULL,
                        roles TEXT NOT NULL,
                        turf BLOB,
                        person BLOB,
                        isPage INTEGER NOT NULL,
                        expires INTEGER NOT NULL,
                        usedBy BLOB,
                        usedAt INTEGER
                    ) STRICT, WITHOUT ROWID;

                    -- Signed-in phones, found by the SHA-256 of their token.
                    CREATE TABLE session(
                        tokenHash BLOB PRIMARY KEY,
                        member BLOB NOT NULL REFERENCES member(id),
                        formToken TEXT NOT NULL,
                        created INTEGER NOT NULL,
                        lastUsed INTEGER NOT NULL,
                        revoked INTEGER
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2 peers") { db in
            try db.execute(
                sql: """
                    -- Hubs of other congregations, with what this one agrees to share with them.
                    CREATE TABLE peer(
                        id INTEGER PRIMARY KEY,
                        publicKey BLOB NOT NULL,
                        name TEXT NOT NULL,
                        -- Empty for one that comes by itself.
                        url TEXT NOT NULL,
                        spaces BLOB NOT NULL,
                        -- How far its log has been taken, and how far it has taken this one.
                        taken BLOB NOT NULL,
                        given BLOB NOT NULL,
                        added INTEGER NOT NULL,
                        lastMet INTEGER,
                        -- Why the last attempt came to nothing.
                        problem TEXT
                    ) STRICT;

                    -- Devices that are enrolled at another hub, and how much of their chains is here.
                    CREATE TABLE foreignDevice(
                        id INTEGER PRIMARY KEY,
                        publicKey BLOB NOT NULL,
                        congregation BLOB NOT NULL,
                        headSeq INTEGER NOT NULL,
                        headHash BLOB NOT NULL
                    ) STRICT;

                    -- What a peer has of a device and this hub does not take yet.
                    CREATE TABLE quarantine(
                        peer INTEGER NOT NULL REFERENCES peer(id) ON DELETE CASCADE,
                        device INTEGER NOT NULL,
                        reason TEXT NOT NULL,
                        seqs BLOB NOT NULL,
                        triedAt INTEGER NOT NULL,
                        PRIMARY KEY(peer, device, reason)
                    ) STRICT, WITHOUT ROWID;

                    CREATE INDEX placeBySpace ON place(space);

                    -- Commits of this hub's own devices that it has lost, and of which peers had stubs
                    -- alone: their devices are asked for them.
                    CREATE TABLE lostCommit(
                        device INTEGER NOT NULL,
                        deviceSeq INTEGER NOT NULL,
                        PRIMARY KEY(device, deviceSeq)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("3 snapshots") { db in
            try db.execute(
                sql: """
                    -- The log up to a place, for who begins to read. One that is not whole is being built.
                    CREATE TABLE snapshot(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        seq INTEGER NOT NULL,
                        isWhole INTEGER NOT NULL DEFAULT 0
                    ) STRICT;

                    -- Its blocks, by the space whose records they hold. Erased records, which everybody
                    -- is told of, are in blocks of no space.
                    CREATE TABLE snapshotPart(
                        snapshot INTEGER NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
                        -- 0 for what is worth most.
                        rank INTEGER NOT NULL,
                        place INTEGER NOT NULL,
                        space BLOB NOT NULL,
                        block INTEGER NOT NULL REFERENCES snapshotBlock(id),
                        PRIMARY KEY(snapshot, rank, place)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX snapshotPartByBlock ON snapshotPart(block);
                    CREATE TABLE snapshotBlock(
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        hash BLOB NOT NULL UNIQUE,
                        commits INTEGER NOT NULL,
                        content BLOB NOT NULL,
                        -- It may hold records of which another block has what is packed.
                        isMixed INTEGER NOT NULL DEFAULT 0
                    ) STRICT;

                    -- Whether something has left a space since a place of the log.
                    CREATE INDEX formerPlaceBySpace ON formerPlace(space, untilSeq);
                    """)
        }
        migrator.registerMigration("4 deeds") { db in
            try db.execute(
                sql: """
                    -- What came through a peer to what was here, since a report last told of it.
                    ALTER TABLE peer ADD COLUMN erasedHere INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE peer ADD COLUMN deletedHere INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE peer ADD COLUMN takenAway INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE peer ADD COLUMN renamedHere INTEGER NOT NULL DEFAULT 0;
                    """)
        }
        migrator.registerMigration("5 latecomers") { db in
            try db.execute(
                sql: """
                    -- Records that were never let in, since they are about one that was erased: what is
                    -- about them is so, too.
                    CREATE TABLE aboutErased(
                        record BLOB NOT NULL,
                        kind INTEGER NOT NULL,
                        PRIMARY KEY(record, kind)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
