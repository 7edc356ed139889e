import Histories
import Replication
import Testing

@Suite("Device keys")
struct DeviceKeyTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let secret: String
        let key: String
        let message: String
        let signature: String
    }

    /// RFC 8032, section 7.1.
    static let vectors = [
        Vector(
            testDescription: "TEST 1",
            secret: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        Vector(
            testDescription: "TEST 2",
            secret: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        Vector(
            testDescription: "TEST 3",
            secret: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ]

    @Test(arguments: vectors)
    func keysAndSignaturesAreThoseOfRFC8032(_ vector: Vector) throws {
        let key = try #require(Hex.decode(vector.secret).flatMap { DeviceKey(bytes: $0) })
        let message = try #require(Hex.decode(vector.message))
        let signature = try #require(Hex.decode(vector.signature))
        #expect(Hex.encode(key.publicKey.bytes) == vector.key)
        #expect(key.publicKey.verifies(signature, of: message))
        let own = try key.sign(message)
        #expect(key.publicKey.verifies(own, of: message))
        #expect(!key.publicKey.verifies(signature, of: message + [0]))
        for index in signature.indices {
            var wrong = signature
            wrong[index] ^= 1
            #expect(!key.publicKey.verifies(wrong, of: message))
        }
    }

    /// S + L, the group's order, is the same number for whoever does not check it: everybody could
    /// then turn one signature into another.
    @Test(arguments: vectors)
    func aSignatureWithAnotherSIsRefused(_ vector: Vector) throws {
        let order = try #require(
            Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var signature = try #require(Hex.decode(vector.signature))
        var carry = 0
        for index in order.indices {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(sum & 255)
            carry = sum >> 8
        }
        let key = try #require(Hex.decode(vector.key).flatMap { PublicKey(bytes: $0) })
        let message = try #require(Hex.decode(vector.message))
        #expect(carry == 0)
        #expect(!key.verifies(signature, of: message))
    }

    /// What the library does, written down: it takes keys of small order, for which one signature
    /// fits every message. Such a device harms itself alone, since its holder chose the key.
    @Test func keysOfSmallOrderVerifyAnything() throws {
        let identity = [1] + [UInt8](repeating: 0, count: 31)
        let key = try #require(PublicKey(bytes: identity))
        let signature = identity + [UInt8](repeating: 0, count: 32)
        #expect(key.verifies(signature, of: Array("anything".utf8)))
        #expect(key.verifies(signature, of: Array("at all".utf8)))
    }

    @Test func signaturesOfAnotherSizeAreRefused() throws {
        let key = DeviceKey()
        let signature = try key.sign([1])
        #expect(signature.count == 64)
        for wrong in [[], signature.dropLast(), signature + [0]] {
            #expect(!key.publicKey.verifies(Array(wrong), of: [1]))
        }
    }

    @Test func aKeyComesBackFromItsBytesAndNamesItsDevice() throws {
        let key = DeviceKey()
        let again = try #require(DeviceKey(bytes: key.bytes))
        #expect(again.publicKey == key.publicKey)
        #expect(key.device.bytes == Array(sha256(key.publicKey.bytes).prefix(8)))
        let signature = try key.sign([7])
        #expect(again.publicKey.verifies(signature, of: [7]))
        #expect(!DeviceKey().publicKey.verifies(signature, of: [7]))
    }

    @Test func bytesThatAreNoPointVerifyNothing() throws {
        let key = try #require(PublicKey(bytes: [2] + [UInt8](repeating: 0, count: 31)))
        #expect(!key.verifies([UInt8](repeating: 0, count: 64), of: []))
    }
}
