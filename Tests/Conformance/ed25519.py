"""Ed25519 signatures, as RFC 8032 describes them. Slow, and not proof against timing attacks: an example."""

import hashlib

P = 2**255 - 19                                                  # the field's prime
L = 2**252 + 27742317777372353535851937790883648493              # the group's order
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def public_key(private):
    """The 32 bytes of public key that belong to 32 bytes of private key."""
    scalar, _ = expand(private)
    return encode(multiply(scalar, BASE))


def sign(private, message):
    """A signature of 64 bytes. The same key and message always give the same one."""
    scalar, prefix = expand(private)
    public = encode(multiply(scalar, BASE))
    r = hash_number(prefix + message)
    big_r = encode(multiply(r, BASE))
    s = (r + hash_number(big_r + public + message) * scalar) % L
    return big_r + s.to_bytes(32, "little")


def verify(public, message, signature):
    """Whether the signature is that of the key's owner over the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a = decode(public)
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = hash_number(signature[:32] + public + message)
    # S·B = R + k·A, so R must be S·B - k·A.
    return encode(add(multiply(s, BASE), multiply(L - k, a))) == signature[:32]


def is_small_order(public):
    """Whether a public key is no point, or one whose multiple by 8 is nothing: no such key is trusted."""
    point = decode(public)
    return point is None or encode(multiply(8, point)) == encode(NEUTRAL)


# --- Arithmetic. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z.

NEUTRAL = (0, 1, 1, 0)


def expand(private):
    """The secret scalar and the prefix of a private key."""
    digest = hashlib.sha512(private).digest()
    scalar = int.from_bytes(digest[:32], "little")
    scalar &= (1 << 254) - 8
    scalar |= 1 << 254
    return scalar, digest[32:]


def hash_number(message):
    """SHA-512 of the message, as a number below the group's order."""
    return int.from_bytes(hashlib.sha512(message).digest(), "little") % L


def add(p, q):
    """The sum of two points."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    """A point added to itself so many times."""
    total = NEUTRAL
    while scalar > 0:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def encode(point):
    """32 bytes: y, and in the highest bit whether x is odd."""
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data):
    """The point of 32 bytes, or None if there is none."""
    number = int.from_bytes(data, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    if y >= P:
        return None
    x = x_of(y, odd)
    return None if x is None else (x, y, 1, x * y % P)


def x_of(y, odd):
    """The x that goes with a y, or None."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and odd):
        return None
    return P - x if x & 1 != odd else x


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
