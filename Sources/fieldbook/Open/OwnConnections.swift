import Glibc
import NIOCore

/// Lets in the connections of whoever runs this program, and of nobody else who works on the machine.
///
/// They can read the address in the list of programs before its owner has followed it, and a browser
/// sends a cookie to every port of a machine (RFC 6265, 8.5). Linux tells whose a connection is: proc(5),
/// /proc/net/tcp.
final class OwnConnections: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    func channelActive(context: ChannelHandlerContext) {
        guard let here = context.channel.localAddress?.port,
            let there = context.channel.remoteAddress?.port,
            Self.owner(of: there, to: here) == getuid()
        else { return context.close(promise: nil) }
        context.fireChannelActive()
    }

    /// The user whose program connects from one port of this machine to another; nil for nobody who can
    /// be found.
    private static func owner(of port: Int, to other: Int) -> uid_t? {
        // A program may reach an address of the old kind by a socket of the new one.
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            let text = String(decoding: (try? Input.file(table)) ?? [], as: UTF8.self)
            for line in text.split(separator: "\n") {
                let columns = line.split(separator: " ")
                if columns.count > 7, ends(columns[1], with: port), ends(columns[2], with: other) {
                    return uid_t(columns[7])
                }
            }
        }
        return nil
    }

    /// Whether an end of a connection is this port of 127.0.0.1.
    private static func ends(_ end: Substring, with port: Int) -> Bool {
        let digits = String(port, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return end.hasSuffix("0100007F:" + padded)
    }
}
