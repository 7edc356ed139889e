import Replication
import Testing

@Suite("Keys that no device may have")
struct WeakKeyTests {
    /// The points of small order, as RFC 8032 encodes them, with either sign.
    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ])
    func areRecognised(_ hex: String) throws {
        let key = try #require(Hex.decode(hex).flatMap { PublicKey(bytes: $0) })
        #expect(key.isWeak)
    }

    @Test func anHonestKeyIsNone() {
        #expect(!DeviceKey().publicKey.isWeak)
    }
}
