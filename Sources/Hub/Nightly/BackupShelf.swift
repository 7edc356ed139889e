import CLinux
import Foundation
import Glibc
import Notebook
import Store

/// The folder that holds a hub's backups, one a day, each under its day's name. A copy that is not
/// tested yet is a draft beside them.
///
/// Only whoever has claimed the night changes anything here.
struct BackupShelf {
    let path: String

    /// How many nights are kept.
    static let kept = 14

    private enum Suffix {
        static let draft = ".unfinished"
        /// An earlier backup of a day that was put aside where names cannot be exchanged.
        static let replaced = ".replaced"
    }

    func backup(of day: String) -> String { "\(path)/\(day)" }

    func draft(of day: String) -> String { backup(of: day) + Suffix.draft }

    /// The days of which there is a backup, the first first.
    func days() throws -> [String] {
        try names().filter { Day(iso: $0) != nil }.sorted()
    }

    /// Makes the folder when there is none, and takes away what nights that were killed have left. A
    /// backup that such a night had put aside gets its name back.
    func tidy() throws {
        try Folder.create(path)
        for name in try names() {
            if let day = Self.day(name, Suffix.draft) { try remove(draft(of: day)) }
            if let day = Self.day(name, Suffix.replaced) { try takeBack(day) }
        }
    }

    /// Puts the day's draft in its place. At every moment a whole backup of the day has its name,
    /// when it had one before.
    func replace(_ day: String) throws {
        let (draft, final) = (draft(of: day), backup(of: day))
        try Folder.flush(draft)
        if access(final, F_OK) != 0 {
            try Folder.rename(draft, to: final)
        } else if exchange_names(draft, final) == 0 {
            try remove(draft)
        } else {
            // This file system cannot exchange names; what is put aside here, `tidy` finds.
            let old = final + Suffix.replaced
            try Folder.rename(final, to: old)
            try Folder.rename(draft, to: final)
            try remove(old)
        }
        try Folder.flush(path)
    }

    /// What is no backup any more loses its name first: half of one never bears it.
    func removeOld() throws {
        for old in try days().dropLast(Self.kept) {
            try Folder.rename(backup(of: old), to: draft(of: old))
            try remove(draft(of: old))
        }
    }

    func remove(_ folder: String) throws {
        guard access(folder, F_OK) == 0 else { return }
        try FileManager.default.removeItem(atPath: folder)
    }

    private func takeBack(_ day: String) throws {
        let old = backup(of: day) + Suffix.replaced
        guard access(backup(of: day), F_OK) != 0 else { return try remove(old) }
        try Folder.rename(old, to: backup(of: day))
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path)
    }

    /// The day in a name with this ending; nil for any other name.
    private static func day(_ name: String, _ suffix: String) -> String? {
        guard name.hasSuffix(suffix) else { return nil }
        let day = String(name.dropLast(suffix.count))
        return Day(iso: day) == nil ? nil : day
    }
}
