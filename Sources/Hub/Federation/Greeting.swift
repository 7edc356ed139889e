import Replication
package import Sync

extension Federation {
    /// Asks every peer how much it has of this hub's log, before any laptop comes.
    ///
    /// A hub that was put back from a backup, and that nobody has told, learns it here from the first
    /// that remembers more. Else a laptop that was put back with it could come first, and give names
    /// that peers know to other commits. Who does not answer in time is met at night.
    package func greetAll(within patience: Duration) async throws {
        let lines = try turns().compactMap { peer in connect(peer).map { (peer: peer, line: $0) } }
        await withTaskGroup(of: Void.self) { greetings in
            for (peer, line) in lines {
                greetings.addTask { await greet(peer, over: line) }
            }
            let end = Task {
                try await Task.sleep(for: patience)
                // Again and again: a line that is being made cannot be closed before it is.
                while true {
                    for (_, line) in lines { await line.close() }
                    try await Task.sleep(for: .seconds(1))
                }
            }
            await greetings.waitForAll()
            end.cancel()
        }
    }

    /// One word and its answer. Returns whether there was one.
    @discardableResult
    package func greet(_ peer: Peer, over line: any PeerTransport) async -> Bool {
        let side = PeerExchange(hub: hub, peer: peer.id)
        do {
            let said = try await line.say(side.say(after: nil), nonce: "")
            _ = try side.hear(said.message, of: nil)
            await line.close()
            return true
        } catch {
            // What is wrong with it is said at night, when it is met.
            await line.close()
            return false
        }
    }
}
