"""Bytes: fixed numbers, varints, zigzags, counted bytes, and a reader that refuses what is not canonical."""


class Refused(ValueError):
    """What was read must not be accepted. `rule` is the protocol's word for why."""

    def __init__(self, detail, rule="malformed"):
        super().__init__(detail)
        self.rule = rule


def demand(holds, detail, rule="malformed"):
    """Refuse if something does not hold."""
    if not holds:
        raise Refused(detail, rule)


def fixed(number, size):
    """An unsigned integer of so many bytes, most significant byte first."""
    return number.to_bytes(size, "big")


def varint(number):
    """Unsigned LEB128, in its shortest form."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    """A signed 64-bit integer: 0, -1, 1, -2 … become the varints 0, 1, 2, 3 …"""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def counted(data):
    """A varint of the length, then the bytes."""
    return varint(len(data)) + data


class Reader:
    """Reads from the front of some bytes."""

    def __init__(self, data, canonical=True):
        self.data = data
        self.at = 0
        self.canonical = canonical

    def take(self, size):
        """So many bytes."""
        demand(size <= len(self.data) - self.at, "the bytes end too early")
        self.at += size
        return self.data[self.at - size:self.at]

    def fixed(self, size):
        """An unsigned integer, most significant byte first."""
        return int.from_bytes(self.take(size), "big")

    def varint(self, below=2**64, what="a number"):
        """A varint of at most 64 bits, and below a limit. A canonical reader refuses needless bytes."""
        number, shift = 0, 0
        while True:
            byte = self.take(1)[0]
            number |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
            demand(shift < 70, "a varint has more than 64 bits")
        demand(number < 2**64, "a varint has more than 64 bits")
        demand(not self.canonical or byte > 0 or shift == 0, "a varint is not the shortest")
        demand(number < below, what + " is too large", "limit")
        return number

    def zigzag(self):
        """A signed 64-bit integer."""
        number = self.varint()
        return number >> 1 if number & 1 == 0 else -(number >> 1) - 1

    def counted(self):
        """A varint of the length, then so many bytes."""
        return self.take(self.varint())

    def is_at_end(self):
        return self.at == len(self.data)

    def end(self, what="the end"):
        """Refuse bytes after the end."""
        demand(self.is_at_end(), "bytes follow " + what)
