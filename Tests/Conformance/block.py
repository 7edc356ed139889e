"""Blocks: lists of commits and stubs, written in columns."""

import commit as commits
from commit import Commit, NUMBER_LIMIT, SEQ_LIMIT, Stub, Write
from wire import Reader, counted, demand, varint, zigzag

VERSION = 1
COLUMNS = 22
MOST_ENTRIES = 16384
STAMP_LIMIT = 2**63
MOST_ACT = 4096

(FORM, DEVICE, DEVICES, SEQ, MILLISECONDS, COUNTER, LOWERED, AUTHOR, AUTHORS, RECORD, RECORDS, TRANSACTION, WRITES,
 FIELD, FLAGS, TYPE, LENGTH, OVERWRITES, OVERWRITTEN, VALUES, DIGESTS, SALTS) = range(COLUMNS)


def encode_block(entries):
    """The one encoding of a list of entries. Salts are written if every commit has one."""
    return BlockWriter().write(entries)


def decode_block(data):
    """The entries of a block. Refuses what is not canonical."""
    return BlockReader(data).read()


class BlockWriter:
    """Fills the columns, entry by entry."""

    def __init__(self):
        self.columns = [bytearray() for _ in range(COLUMNS)]
        self.devices, self.authors, self.records = [], [], []      # the dictionaries
        self.last_seq = {}
        self.last_milliseconds = 0

    def write(self, entries):
        commits_of = [entry for entry in entries if isinstance(entry, Commit)]
        self.with_salts = bool(commits_of) and all(commit.salt for commit in commits_of)
        for entry in entries:
            self.write_entry(entry)
        for commit in commits_of:
            self.write_dots(commit)
        out = bytes([VERSION]) + varint(len(entries))
        return out + b"".join(counted(bytes(column)) for column in self.columns)

    def append(self, column, data):
        self.columns[column] += data

    def index(self, dictionary, column, thing, data):
        """The index of a thing in its dictionary; a new thing is added to it."""
        if thing not in dictionary:
            dictionary.append(thing)
            self.append(column, data)
        return dictionary.index(thing)

    def write_entry(self, entry):
        is_stub = isinstance(entry, Stub)
        self.append(FORM, b"\1" if is_stub else b"\0")
        self.append(DEVICE, varint(self.index(self.devices, DEVICES, entry.device, entry.device)))
        self.append(SEQ, zigzag(entry.seq - self.last_seq.get(entry.device, 0) - 1))
        self.last_seq[entry.device] = entry.seq
        if is_stub:
            self.append(DIGESTS, entry.digest)
        else:
            self.write_commit(entry)

    def write_commit(self, commit):
        milliseconds = commit.stamp >> 16
        self.append(MILLISECONDS, zigzag(milliseconds - self.last_milliseconds))
        self.last_milliseconds = milliseconds
        self.append(COUNTER, varint(commit.stamp & 0xffff))
        self.append(LOWERED, varint(commit.stamp - commit.effective))
        self.append(AUTHOR, varint(self.index(self.authors, AUTHORS, commit.author, commit.author)))
        self.write_record(commit)
        self.append(TRANSACTION, varint(commit.transaction - commit.seq))
        self.append(WRITES, varint(len(commit.writes)))
        last_field = 0
        for write in commit.writes:
            self.append(FIELD, varint(write.field - last_field))
            last_field = write.field
            self.append(FLAGS, varint(commits.flags_of(write)))
            self.append(TYPE, varint(write.type))
            self.append(LENGTH, varint(len(write.value)))
            self.append(OVERWRITES, varint(len(write.overwrites)))
            self.append(VALUES, write.value)
        if self.with_salts:
            self.append(SALTS, commit.salt)

    def write_record(self, commit):
        """0 for a new record, else its index + 1."""
        record = (commit.kind, commit.record)
        is_new = record not in self.records
        index = self.index(self.records, RECORDS, record, varint(commit.kind) + commit.record)
        self.append(RECORD, varint(0 if is_new else index + 1))

    def write_dots(self, commit):
        for write in commit.writes:
            for device, seq in write.overwrites:
                self.append(OVERWRITTEN, varint(self.index(self.devices, DEVICES, device, device)))
                self.append(OVERWRITTEN, zigzag(commit.seq - seq))


class BlockReader:
    """Reads the columns side by side."""

    def __init__(self, data):
        reader = Reader(data)
        demand(reader.take(1)[0] == VERSION, "a block of another version", "version")
        self.count = reader.varint(MOST_ENTRIES + 1, "the count of entries")
        self.columns = [Reader(reader.counted()) for _ in range(COLUMNS)]
        reader.end("the block")
        self.with_salts = not self.columns[SALTS].is_at_end()
        self.devices, self.authors, self.records = [], [], []
        self.last_seq = {}
        self.last_milliseconds = 0

    def read(self):
        entries = [self.read_entry() for _ in range(self.count)]
        entries = [self.read_dots(entry) for entry in entries]
        for column in self.columns:
            column.end("a column")
        return entries

    def known(self, dictionary, column, size):
        """The thing at the index that comes next in a column; the index after the last is a new thing."""
        index = self.columns[column].varint(len(dictionary) + 1, "an index")
        if index == len(dictionary):
            thing = self.columns[column + 1].take(size)
            demand(thing not in dictionary, "a dictionary lists a thing twice")
            dictionary.append(thing)
        return dictionary[index]

    def read_entry(self):
        form = self.columns[FORM].varint()
        demand(form <= 1, "a form is 0 or 1")
        device = self.known(self.devices, DEVICE, 8)
        seq = self.columns[SEQ].zigzag() + self.last_seq.get(device, 0) + 1
        demand(0 < seq < SEQ_LIMIT, "a seq is out of range")
        self.last_seq[device] = seq
        if form == 1:
            return Stub(device, seq, self.columns[DIGESTS].take(32))
        return self.read_commit(device, seq)

    def read_commit(self, device, seq):
        """A commit, whose writes have counts of dots in the place of dots: those are read last."""
        columns = self.columns
        stamp, effective = self.read_stamps()
        author = self.known(self.authors, AUTHOR, 16)
        kind, record = self.read_record()
        transaction = seq + columns[TRANSACTION].varint(MOST_ACT, "an act")
        demand(transaction < SEQ_LIMIT, "an act's end is out of range")
        count = columns[WRITES].varint(commits.MOST_WRITES + 1, "the count of writes")
        writes, last_field = [], 0
        for _ in range(count):
            write = self.read_write(last_field)
            last_field = write.field
            writes.append(write)
        salt = columns[SALTS].take(16) if self.with_salts else None
        return Commit(device, seq, stamp, effective, author, kind, record, transaction, tuple(writes), salt)

    def read_stamps(self):
        """The signed and the effective stamp."""
        self.last_milliseconds += self.columns[MILLISECONDS].zigzag()
        counter = self.columns[COUNTER].varint(2**16, "a counter")
        stamp = self.last_milliseconds << 16 | counter
        demand(0 <= stamp < STAMP_LIMIT, "a stamp is out of range")
        effective = stamp - self.columns[LOWERED].varint()
        demand(effective >= 0, "an effective stamp is below 0")
        return stamp, effective

    def read_record(self):
        """The kind and the id of a commit's record."""
        index = self.columns[RECORD].varint(len(self.records) + 1, "an index")
        if index > 0:
            return self.records[index - 1]
        reader = self.columns[RECORDS]
        record = (reader.varint(NUMBER_LIMIT, "a kind"), reader.take(16))
        demand(record not in self.records, "a dictionary lists a thing twice")
        self.records.append(record)
        return record

    def read_write(self, last_field):
        columns = self.columns
        field = last_field + columns[FIELD].varint()
        demand(field < NUMBER_LIMIT, "a field is too large", "limit")
        flags = columns[FLAGS].varint(NUMBER_LIMIT, "a rule")
        type = columns[TYPE].varint(NUMBER_LIMIT, "a value type")
        length = columns[LENGTH].varint(commits.MOST_VALUE_BYTES + 1, "a value")
        dots = columns[OVERWRITES].varint(commits.MOST_DOTS + 1, "the count of overwritten dots")
        return Write(field, flags >> 1, flags & 1 == 1, type, columns[VALUES].take(length), dots)

    def read_dots(self, entry):
        """The entry with its overwritten dots. Refuses writes that no payload may hold."""
        if isinstance(entry, Stub):
            return entry
        writes = tuple(write._replace(overwrites=self.dots_of(entry, write)) for write in entry.writes)
        commits.check_writes(writes)
        return entry._replace(writes=writes)

    def dots_of(self, commit, write):
        dots = []
        for _ in range(write.overwrites):
            index = self.columns[OVERWRITTEN].varint(len(self.devices) + 1, "an index")
            if index == len(self.devices):
                device = self.columns[DEVICES].take(8)
                demand(device not in self.devices, "a dictionary lists a thing twice")
                self.devices.append(device)
            dots.append((self.devices[index], commit.seq - self.columns[OVERWRITTEN].zigzag()))
        return tuple(dots)
