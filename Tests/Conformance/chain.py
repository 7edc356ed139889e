"""Devices, salts, digests, chains, and the messages that a device signs."""

import hashlib

import ed25519
from commit import Stub, encode_payload, header_of
from wire import fixed

ZERO = bytes(32)                                        # chain(0)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def device_of(public_key):
    """A device's id, and a hub's."""
    return sha256(public_key)[:8]


def device_of_private(private_key):
    return device_of(ed25519.public_key(private_key))


def salt_of(secret, device, seq):
    """The salt that a secret makes for a commit."""
    return sha256(secret, device, fixed(seq, 8))[:16]


def secret_for(secrets, seq):
    """Of pairs (first, secret), the last one that serves a seq."""
    return [secret for first, secret in secrets if first <= seq][-1]


def payload_digest_of(commit):
    return sha256(commit.salt, encode_payload(commit.writes))


def digest_of(entry):
    """The digest of a commit that has its salt, or of a stub."""
    if isinstance(entry, Stub):
        return entry.digest
    return sha256(header_of(entry, payload_digest_of(entry)))


def link(chain, digest):
    """The chain's hash after one more digest."""
    return sha256(chain, digest)


def push_message(congregation, device, seq, chain):
    """What a device signs when it pushes: the end of its chain."""
    return b"fbp1" + congregation + device + fixed(seq, 8) + chain


def consent_message(congregation, predecessor, public_key):
    """What a device signs to let another come in its place."""
    return b"fbs1" + congregation + predecessor + public_key
