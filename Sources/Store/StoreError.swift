package import Replication
package import Wording

/// What can go wrong with a file of records, in words for the person who has to act. No case
/// holds a value from a record.
package enum StoreError: Error, Equatable {
    /// There is no such file.
    case missing(path: String)
    /// The file is not one of ours.
    case foreign(path: String, what: Phrase)
    /// The file was made by a newer version of the program.
    case newer(path: String)
    /// SQLite or our own checks found the file damaged.
    case damaged(path: String, detail: Phrase)
    /// The file, or its folder, cannot be opened for writing.
    case notWritable(path: String)
    case diskFull(path: String)
    /// This program, or the machine, has as many files open as it may.
    case tooManyOpen(path: String)
    /// Reading or writing the disk failed; the file was closed and opened again.
    case disk(path: String)
    /// Another program held the file for longer than we wait.
    case busy(path: String)
    /// The file lies on a network file system, where locks cannot be trusted.
    case networkFileSystem(path: String, type: String)
    /// The key does not belong to this file.
    case wrongKey(path: String)
    /// Another program has given the notebook a new key since this one opened it.
    case hasNewKey(path: String)
    /// The hub has commits of this device that this file does not have, or other ones.
    case forked(Seq)
    /// One act would be more than a hub takes at once.
    case actTooLarge(commits: Int)
    /// A value is larger than a hub takes.
    case valueTooLarge(field: String)
    /// More was written about one record apart than one act can settle or delete.
    case recordTooLarge
    /// A text holds a NUL character: it came from something that is not text.
    case notText(field: String)

    /// Whether a file of which this is said when it is opened may be read all the same.
    var leavesReading: Bool {
        switch self {
        case .diskFull, .notWritable: true
        default: false
        }
    }

    /// The file's tables are not what this program made.
    static func altered(path: String) -> Self {
        .damaged(path: path, detail: "its tables are not as they were made")
    }
}

extension StoreError: Explained {
    package var explanation: Phrase {
        switch self {
        case .missing(let path):
            "There is no file \"\(path)\". Make a notebook with \"fieldbook init\"."
        case .foreign(let path, let what):
            "The file \"\(path)\" is \(what). It was left as it is. Name another file."
        case .newer(let path):
            """
            The file "\(path)" was written by a newer version of Fieldbook. It was left as it is. \
            Install the newer version on this machine too.
            """
        case .damaged(let path, let detail):
            """
            The file "\(path)" is damaged (\(detail)). Nothing was changed. Keep a copy of it, and \
            go on from your last backup.
            """
        case .notWritable(let path):
            """
            The file "\(path)" cannot be written. Nothing was changed. Check who owns the file \
            and its folder, and whether the disk is read-only.
            """
        case .diskFull(let path):
            """
            The disk that holds "\(path)" is full. What was being written was not saved; \
            everything saved before is safe. Free some space and try again.
            """
        case .tooManyOpen(let path):
            """
            So many files are open at once that "\(path)" could not be opened too. Nothing was \
            changed. Try again in a moment.
            """
        case .disk(let path):
            """
            The disk that holds "\(path)" reported an error. What was being written was not saved. \
            Make a backup on another disk before you go on.
            """
        case .busy(let path):
            """
            Another program has been using "\(path)" for too long. Nothing was saved. Wait for it \
            to finish, or close it, and try again.
            """
        case .networkFileSystem(let path, let type):
            """
            The file "\(path)" lies on a network file system (\(type)), where a notebook can be \
            damaged. Keep it on this machine's own disk.
            """
        case .hasNewKey:
            """
            Another program has given this notebook a new key meanwhile. Nothing was lost, and \
            nothing was changed by this one. Run the command again.
            """
        case .wrongKey(let path):
            """
            The key beside "\(path)" belongs to another notebook. Nothing was changed. Put the \
            notebook's own key file back beside it.
            """
        case .forked(let seq):
            """
            The hub has other entries of this notebook than this file, from number \(seq) on. \
            The notebook was copied, or restored from a backup. Nothing was changed.
            """
        case .actTooLarge(let commits):
            """
            This would change \(commits) records at once, which is more than a hub takes. Nothing \
            was saved. Do it in smaller parts.
            """
        case .notText(let field):
            """
            What was given for "\(field)" is not text: it holds a NUL character. Nothing was saved. \
            Give plain text.
            """
        case .valueTooLarge(let field):
            """
            The text for "\(field)" is longer than \(Limits.valueBytes / 1024) KiB. Nothing was \
            saved. Shorten it, or split it.
            """
        case .recordTooLarge:
            """
            More than \(Limits.writeOverwrites) people or machines have written this apart, which is \
            more than one step can settle. Nothing was saved. Ask for help; the notes are safe.
            """
        }
    }
}
