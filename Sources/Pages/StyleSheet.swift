import Hummingbird

/// The one style sheet. Its address names its content, so a phone loads it once and a new one at
/// once.
enum StyleSheet {
    static let path: RouterPath = "/style.css"
    static let address = "/style.css?v=\(String(hash(PackageResources.style_css), radix: 36))"

    static var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/css; charset=utf-8",
                .cacheControl: "public, max-age=31536000, immutable",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.style_css)))
    }

    /// FNV-1a, 64 bits: tells two versions apart, and protects nothing.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
