import Crypto

/// A device's Ed25519 key (RFC 8032): who is asking, and who wrote.
package struct DeviceKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// Makes a new key from the system's random source.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Takes the 32 bytes of a private key; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else {
            return nil
        }
        self.key = key
    }

    /// The private key's 32 bytes, for the key file alone.
    package var bytes: [UInt8] { Array(key.rawRepresentation) }

    package var publicKey: PublicKey { PublicKey(key.publicKey) }

    package var device: DeviceID { publicKey.device }

    /// 8 bytes by which whoever holds the key knows a statement of their own again: the beginning of
    /// an HMAC-SHA-256 (RFC 2104). For whom only the online answer tells right from wrong.
    package func seal(_ message: [UInt8]) -> UInt64 {
        let derived = SHA256.hash(data: Array("fieldbook seal".utf8) + bytes)
        let code = HMAC<SHA256>.authenticationCode(
            for: message, using: SymmetricKey(data: Array(derived)))
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A signature of 64 bytes.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        try Array(key.signature(for: message))
    }
}

/// The public half of a device's or a hub's key.
package struct PublicKey: Hashable, Sendable {
    /// 32 bytes.
    package let bytes: [UInt8]

    fileprivate init(_ key: Curve25519.Signing.PublicKey) {
        bytes = Array(key.rawRepresentation)
    }

    /// Takes 32 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The first 8 bytes of SHA-256 of the key.
    package var device: DeviceID {
        let digest = SHA256.hash(data: bytes)
        return DeviceID(rawValue: digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Whether the key is a point of small order, with which one signature fits every message
    /// (Chalkias et al., "Taming the many EdDSAs", 2020). No honest device has one.
    package var isWeak: Bool {
        // The sign bit and the encodings beyond the field's prime do not matter.
        var masked = bytes
        masked[31] &= 0x7F
        return Self.smallOrderPoints.contains(Hex.encode(masked))
    }

    private static let smallOrderPoints: Set = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }
}
