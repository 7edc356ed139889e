package import Replication

extension Store {
    /// Whether anything here was written by a device, or overwrites what it wrote. Reads every record.
    package func hasHeard(of device: DeviceID) throws -> Bool {
        try read { db in
            var row = try FastStatement(db, "SELECT state FROM record")
            defer { row.reset() }
            while try row.step() {
                if try RecordState(encoded: row.bytes(0)).names(device) { return true }
            }
            var past = try FastStatement(db, "SELECT 1 FROM history WHERE device = ? LIMIT 1")
            defer { past.reset() }
            past.bind(device.rawValue)
            return try past.step()
        }
    }
}
