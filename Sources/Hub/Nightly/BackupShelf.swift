import CLinux
import Foundation
import Glibc
import Notebook
import Store
import Sync
import Wording

/// The folder that holds a hub's backups: one a night under its day, "2026-11-20", and those that the
/// keeper asked for under their time too, "2026-11-20-1435". A copy that is not tested yet is a draft
/// beside them.
///
/// Only whoever has claimed the night changes anything here.
struct BackupShelf {
    let path: String

    /// How many nights are kept.
    static let kept = Membership.nightsOfBackups

    private enum Suffix {
        static let draft = ".unfinished"
        /// An earlier backup of a day that was put aside where names cannot be exchanged.
        static let replaced = ".replaced"
    }

    func backup(of name: String) -> String { "\(path)/\(name)" }

    func draft(of name: String) -> String { backup(of: name) + Suffix.draft }

    /// The names of all backups, the first first.
    func names() throws -> [String] {
        try files().filter { Self.day($0) != nil }.sorted()
    }

    /// The last backup's name; one of a day that is still to come only when there is no other.
    func last(asOf today: Day) throws -> String? {
        let names = try names()
        return names.last { Self.day($0).map { $0 <= today } ?? false } ?? names.last
    }

    /// What the keeper should see to: backups that bear a day that is still to come. They would stay
    /// for as long as it takes, with whoever is erased until then.
    func problems(asOf today: Day) throws -> [Phrase] {
        try names().filter { Self.day($0).map { $0 > today } ?? false }.map { name in
            """
            The backup "\(backup(of: name))" bears a day that is still to come: it was made while this \
            machine's clock was ahead. It is not removed in time, and keeps whoever is erased from \
            now on. By the clock today is \(today.short(today: nil)): if that is right, remove it.
            """
        }
    }

    /// The name of a moment for a backup, with a number after it when it is taken.
    func freeName(_ name: String) -> String {
        String(Folder.free(backup(of: name)).dropFirst(backup(of: "").count))
    }

    /// Makes the folder when there is none, and takes away what nights that were killed have left. A
    /// backup that such a night had put aside gets its name back.
    func tidy() throws {
        try Folder.create(path)
        for file in try files() {
            if let name = Self.name(file, Suffix.draft) { try remove(draft(of: name)) }
            if let name = Self.name(file, Suffix.replaced) { try takeBack(name) }
        }
    }

    /// Puts a draft in its place. At every moment a whole backup has its name, when one had it
    /// before.
    func replace(_ name: String) throws {
        let (draft, final) = (draft(of: name), backup(of: name))
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

    /// What is no backup any more loses its name first: half of one never bears it. The one that was
    /// just made stays, whatever day the clock says that it is.
    func removeOld(besides name: String) throws {
        let kept = Set(Set(try names().compactMap(Self.day)).sorted().suffix(Self.kept))
        for old in try names() where old != name && !(Self.day(old).map(kept.contains) ?? true) {
            try Folder.rename(backup(of: old), to: draft(of: old))
            try remove(draft(of: old))
        }
    }

    func remove(_ folder: String) throws {
        guard access(folder, F_OK) == 0 else { return }
        try FileManager.default.removeItem(atPath: folder)
    }

    private func takeBack(_ name: String) throws {
        let old = backup(of: name) + Suffix.replaced
        guard access(backup(of: name), F_OK) != 0 else { return try remove(old) }
        try Folder.rename(old, to: backup(of: name))
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path)
    }

    /// The backup in a file's name with this ending; nil for any other name.
    private static func name(_ file: String, _ suffix: String) -> String? {
        guard file.hasSuffix(suffix) else { return nil }
        let name = String(file.dropLast(suffix.count))
        return day(name) == nil ? nil : name
    }

    /// The day of "2026-11-20", "2026-11-20-1435" or "2026-11-20-1435-2"; nil for what is no backup.
    static func day(_ name: String) -> Day? {
        let rest = name.dropFirst(10).split(separator: "-", omittingEmptySubsequences: false)
        guard rest == [""] || (2...3).contains(rest.count) && rest[0].isEmpty && rest[1].count == 4,
            rest.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return nil }
        return Day(iso: name.prefix(10))
    }
}
