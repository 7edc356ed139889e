import Glibc

/// Why the system did not do something.
package enum SystemWords {
    /// The words for an error's number; the system's own, which are English, for a rare one.
    package static func reason(_ code: Int32) -> Phrase {
        switch code {
        case ENOENT: "No such file or directory"
        case EACCES: "Permission denied"
        case EPERM: "Operation not permitted"
        case EISDIR: "Is a directory"
        case ENOTDIR: "Not a directory"
        case EEXIST: "File exists"
        case ENOSPC: "No space left on device"
        case EROFS: "Read-only file system"
        case EIO: "Input/output error"
        case ENAMETOOLONG: "File name too long"
        case EMFILE: "Too many open files"
        case EPIPE: "Broken pipe"
        case EBUSY: "Device or resource busy"
        default: strerror(code).map { .verbatim(String(cString: $0)) } ?? "error \(code)"
        }
    }
}
