"""Blocks of a snapshot, as a hub names and sends them."""

import hashlib

from block import decode_block
from client import inflate
from wire import demand


def read_block(hash, size, commits, content):
    """A block's plain bytes and its entries. Refuses what is not the block that was named."""
    demand(len(content) == size and hashlib.sha256(content).digest() == hash, "another block than was named")
    plain = inflate(content)
    entries = decode_block(plain)
    demand(len(entries) == commits, "another number of commits than was named")
    return plain, entries
