import GRDB
import Wording

extension DatabaseFile.Format {
    /// A notebook's file. Migrations are append-only: one that has shipped is never edited.
    package static let notebook = Self(
        applicationID: 0x4642_4B31, name: "a Fieldbook notebook", migrator: migrator)

    /// The words of records alone: where in a text they stand, and the text, the cells say.
    static let searchTable = """
        CREATE VIRTUAL TABLE search USING fts5(
            title, body, content = '', detail = column,
            tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'");
        """

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 log, records, history") { db in
            try db.execute(
                sql: """
                    -- What the notebook knows about itself.
                    CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

                    -- This device's own commits, in chain order. A stub has no payload: its record
                    -- was erased.
                    CREATE TABLE log(
                        seq INTEGER PRIMARY KEY,
                        stamp INTEGER NOT NULL,
                        effective INTEGER NOT NULL,
                        author BLOB NOT NULL,
                        kind INTEGER NOT NULL,
                        record BLOB NOT NULL,
                        act INTEGER NOT NULL,
                        payload BLOB,
                        digest BLOB NOT NULL
                    ) STRICT;

                    -- What makes the salts of commits from a seq on.
                    CREATE TABLE secret(first INTEGER PRIMARY KEY, secret BLOB NOT NULL) STRICT;

                    -- The same of the devices in whose place this one has come.
                    CREATE TABLE formerLog(
                        device INTEGER NOT NULL,
                        seq INTEGER NOT NULL,
                        stamp INTEGER NOT NULL,
                        effective INTEGER NOT NULL,
                        author BLOB NOT NULL,
                        kind INTEGER NOT NULL,
                        record BLOB NOT NULL,
                        act INTEGER NOT NULL,
                        payload BLOB,
                        digest BLOB NOT NULL,
                        PRIMARY KEY(device, seq)
                    ) STRICT;
                    CREATE TABLE formerSecret(
                        device INTEGER NOT NULL,
                        first INTEGER NOT NULL,
                        secret BLOB NOT NULL,
                        PRIMARY KEY(device, first)
                    ) STRICT, WITHOUT ROWID;

                    -- Own commits that the hub refused, and why.
                    CREATE TABLE refusal(
                        device INTEGER NOT NULL,
                        seq INTEGER NOT NULL,
                        rule TEXT NOT NULL,
                        at INTEGER NOT NULL,
                        PRIMARY KEY(device, seq)
                    ) STRICT, WITHOUT ROWID;

                    -- Records that the hub is to send whole; what is here of them may be more than it
                    -- has, or else is not to be trusted.
                    CREATE TABLE wanted(
                        kind INTEGER NOT NULL,
                        record BLOB NOT NULL,
                        toCompare INTEGER NOT NULL,
                        PRIMARY KEY(kind, record)
                    ) STRICT, WITHOUT ROWID;

                    -- Every record's cells: live writes and dead dots.
                    CREATE TABLE record(
                        rowid INTEGER PRIMARY KEY,
                        kind INTEGER NOT NULL,
                        id BLOB NOT NULL,
                        space BLOB NOT NULL,
                        state BLOB NOT NULL,
                        fingerprint BLOB NOT NULL,
                        life INTEGER NOT NULL,
                        conflicts INTEGER NOT NULL
                    ) STRICT;
                    CREATE UNIQUE INDEX recordByID ON record(id, kind);
                    CREATE INDEX recordInConflict ON record(rowid) WHERE conflicts > 0;
                    CREATE INDEX recordErased ON record(id, kind) WHERE life = 3;

                    -- The writes that some other write named.
                    CREATE TABLE history(
                        record INTEGER NOT NULL,
                        field INTEGER NOT NULL,
                        device INTEGER NOT NULL,
                        seq INTEGER NOT NULL,
                        type INTEGER NOT NULL,
                        value BLOB NOT NULL,
                        rule INTEGER NOT NULL,
                        removes INTEGER NOT NULL,
                        stamp INTEGER NOT NULL,
                        effective INTEGER NOT NULL,
                        author BLOB NOT NULL,
                        PRIMARY KEY(record, field, device, seq, type, value)
                    ) STRICT, WITHOUT ROWID;

                    -- The sum of the records' fingerprints, by space.
                    CREATE TABLE fingerprint(space BLOB PRIMARY KEY, sum BLOB NOT NULL) STRICT, WITHOUT ROWID;

                    -- What find looks through, and the records that it has yet to take in, each
                    -- with the state under which it stands there now.
                    \(searchTable)
                    CREATE TABLE unindexed(record INTEGER PRIMARY KEY, indexed BLOB) STRICT;
                    """)
        }
        migrator.registerMigration("2 snapshot") { db in
            try db.execute(
                sql: """
                    -- The blocks of the hub's snapshot that this notebook is fetching, in order, with
                    -- what has come of each until it is taken in.
                    CREATE TABLE snapshotBlock(
                        place INTEGER PRIMARY KEY,
                        hash BLOB NOT NULL UNIQUE,
                        bytes INTEGER NOT NULL,
                        commits INTEGER NOT NULL,
                        part BLOB NOT NULL DEFAULT X'',
                        isStored INTEGER NOT NULL DEFAULT 0
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("3 words") { db in
            try db.execute(
                sql: """
                    -- The words in what find looks through, as the index has them: no second copy.
                    CREATE VIRTUAL TABLE searchWord USING fts5vocab(search, row);
                    """)
        }
        migrator.registerMigration("4 refusals") { db in
            try db.execute(
                sql: """
                    -- Whether the hub had acknowledged the commit before, and not refused it.
                    ALTER TABLE refusal ADD COLUMN wasLetIn INTEGER NOT NULL DEFAULT 0;
                    -- Whether what it wrote has been taken back, or given back.
                    ALTER TABLE refusal ADD COLUMN isSettled INTEGER NOT NULL DEFAULT 0;
                    -- Own commits that say again what the hub has lost, until it has them.
                    CREATE TABLE givenBack(seq INTEGER PRIMARY KEY) STRICT;
                    -- All that comes whole is compared.
                    ALTER TABLE wanted DROP COLUMN toCompare;
                    """)
        }
        migrator.registerMigration("5 deletions") { db in
            try db.execute(sql: "CREATE INDEX recordDeleted ON record(kind, id) WHERE life = 1")
        }
        return migrator
    }
}
