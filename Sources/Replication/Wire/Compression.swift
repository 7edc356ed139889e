import CZlib

/// Gzip (RFC 1952), with a limit that is counted while inflating.
package enum Gzip {
    /// Compresses. `level` is zlib's, 1 (fast) to 9 (small).
    package static func compress(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8] {
        var stream = z_stream()
        let gzipWindow: Int32 = 15 + 16
        let status = deflateInit2_(
            &stream, level, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for a stream")
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                let end = deflate(&stream, Z_FINISH)
                precondition(end == Z_STREAM_END, "zlib's bound was too small")
                return target.count - Int(stream.avail_out)
            }
        }
        output.removeLast(output.count - written)
        return output
    }

    /// Inflates one gzip member that is the whole of `bytes`.
    ///
    /// Throws `overLimit` as soon as more than `limit` bytes have come out, `truncated` when the
    /// end is missing, and `malformed` for everything that is not gzip.
    package static func inflate(_ bytes: [UInt8], limit: Int) throws(WireError) -> [UInt8] {
        var stream = z_stream()
        let gzipWindow: Int32 = 15 + 16
        let status = inflateInit2_(
            &stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory for a stream")
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var input = bytes
        let outcome: Result<Void, WireError> = input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while true {
                let (status, written) = chunk.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    return (status, target.count - Int(stream.avail_out))
                }
                guard output.count + written <= limit else {
                    return .failure(.overLimit("a body's size"))
                }
                output.append(contentsOf: chunk[..<written])
                if status == Z_STREAM_END {
                    return stream.avail_in == 0 ? .success(()) : .failure(.malformed)
                }
                guard status == Z_OK || status == Z_BUF_ERROR else { return .failure(.malformed) }
                guard written > 0 || stream.avail_in > 0 else { return .failure(.truncated) }
            }
        }
        try outcome.get()
        return output
    }
}
