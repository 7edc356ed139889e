import Notebook
import Replication

/// Why the keeper's command could not be carried out, in a sentence with what to do next.
package enum HubError: Error, Equatable {
    case exists(path: String)
    case missing(path: String)
    case alreadyServing(path: String)
    case noSuchDevice(String)
    /// Several are meant by that; each in a line.
    case ambiguousDevice(String, [String])
    case ownDevice
    case leaderWithoutTurf
    case turfWithoutLeader
    case needsEncryption(address: String)
    case noAddress
    case notAnAddress(String)
    case notAURL(String)
    case addressInUse(String)
    case notACertificate(path: String)
    /// The copy is not good; the day of the last one that is, if there is any.
    case backupFailed(String, lastGood: String?)
    case reportNotWritten(path: String)
}

extension HubError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exists(let path):
            "There is a hub in \"\(path)\" already. It was left as it is. Name another folder with --data."
        case .missing(let path):
            """
            There is no hub in "\(path)". Make one with "fieldbook-hub init --congregation NAME", or \
            name its folder with --data.
            """
        case .alreadyServing(let path):
            """
            Another "fieldbook-hub serve" is running on "\(path)". Nothing was changed. Stop that \
            one first.
            """
        case .noSuchDevice(let text):
            """
            No device here has the id \"\(text)\", and no member that name. "fieldbook-hub devices" \
            lists them; give an id, four or more digits of it, or a name.
            """
        case .ambiguousDevice(let text, let devices):
            """
            "\(text)" could mean \(devices.count) devices. Nothing was changed. Say which one by its id:
            \(devices.map { "  \($0)" }.joined(separator: "\n"))
            """
        case .ownDevice:
            "That is the hub's own device. It cannot be revoked."
        case .leaderWithoutTurf:
            """
            A leader reads a turf. Say which one with --turf; the turf must have reached the hub by \
            a "fieldbook sync".
            """
        case .turfWithoutLeader:
            "--turf goes with --role leader. Organizers read all turfs."
        case .needsEncryption(let address):
            """
            \(address) can be reached from other machines, and what is sent would be readable on the \
            way. Give --tls-certificate and --tls-key, or --behind-proxy when a proxy encrypts.
            """
        case .noAddress:
            """
            The hub does not know its own address yet. Start "fieldbook-hub serve" first, or make \
            the hub with --url.
            """
        case .notAnAddress(let text):
            "\"\(text)\" is not an address to listen on. Write it like 127.0.0.1:8787."
        case .notAURL(let text):
            """
            "\(text)" is not an address under which laptops could reach a hub. Write it like \
            https://hub.example.org.
            """
        case .addressInUse(let address):
            "Something else listens on \(address). Stop it, or choose another port with --listen."
        case .notACertificate(let path):
            """
            "\(path)" cannot be read as a certificate or key. Both are files in PEM form; give their \
            paths with --tls-certificate and --tls-key.
            """
        case .backupFailed(let why, let lastGood):
            """
            There is no new backup: the copy was tested and is not good (\(why)). \
            \(lastGood.map { "The last good one, of \($0), was kept." } ?? "There is no earlier one.")
            """
        case .reportNotWritten(let path):
            "The report could not be written to \"\(path)\". Check whether the disk is full."
        }
    }
}
