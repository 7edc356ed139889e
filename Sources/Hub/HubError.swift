import Notebook
import Replication
package import Wording

/// Why the keeper's command could not be carried out, in a sentence with what to do next.
package enum HubError: Error, Equatable {
    case exists(path: String)
    case missing(path: String)
    /// This user may not look into the folder.
    case noEntry(path: String)
    /// A name, or a number as `sudo -u` takes it.
    case ofAnother(path: String, user: String)
    /// A file without which the hub cannot be opened.
    case lacks(path: String)
    /// A hub's notebook, without its log.
    case onlyPart(path: String)
    /// A folder that holds something else, and that others may read.
    case folderOfOthers(path: String)
    /// The key file is that of another hub.
    case otherKey(path: String)
    case alreadyServing(path: String)
    case nightIsRunning(path: String)
    case noSuchDevice(String)
    /// Several are meant by that; each in a line.
    case ambiguousDevice(String, [Phrase])
    case ownDevice
    /// No hub that this one exchanges with is meant by that.
    case noSuchPeer(String)
    case ambiguousPeer(String, [String])
    /// What is sent to that hub could be read on the way.
    case peerNotEncrypted(url: String)
    /// The link is this hub's own.
    case ownPeer
    /// What organizers alone may read is not shared.
    case organizersOnly
    case leaderWithoutTurf
    case turfWithoutLeader
    case needsEncryption(address: String)
    case noAddress
    case notAnAddress(String)
    case notAURL(String)
    /// Laptops would take no invitation to it.
    case notEncrypted(url: String)
    case addressInUse(String)
    case notACertificate(path: String)
    /// The copy is not good; the day of the last one that is, if there is any.
    case backupFailed(Phrase, lastGood: String?)
    /// The disk has too little room for a copy; both in bytes.
    case noRoomForBackup(path: String, needed: UInt64, free: UInt64, lastGood: String?)
    case reportNotWritten(path: String)
    /// A folder from which no hub can be put back, and why.
    case notABackup(path: String, Phrase)
}

extension HubError: Explained {
    package var explanation: Phrase {
        switch self {
        case .exists(let path):
            """
            There is a hub in "\(path)" already. It was left as it is. Invite people to it with \
            "fieldbook-hub invite", or name another folder with --data.
            """
        case .missing(let path):
            """
            There is no hub in "\(path)". Make one with "fieldbook-hub init --congregation NAME", or \
            name its folder with --data.
            """
        case .noEntry(let path):
            """
            Whether there is a hub in "\(path)" cannot be said: you have no permission to look into \
            the folder. Run this as the user whom the hub belongs to, or name another folder with \
            --data.
            """
        case .ofAnother(let path, let user):
            """
            The hub in "\(path)" belongs to another user of this machine, who could not open what you \
            would write there. Nothing was changed. Run the same as that user, after "sudo -u \(user)".
            """
        case .lacks(let path):
            """
            The hub's file "\(path)" is missing. Nothing was changed. Put it back where it was; if \
            nobody has it, "fieldbook-hub restore FOLDER" puts a backup in the hub's place.
            """
        case .onlyPart(let path):
            """
            There is part of a hub in "\(path)": its notebook, which holds entries, and not its log. \
            Nothing was changed. Put the missing files back from a backup, or name another folder \
            with --data.
            """
        case .folderOfOthers(let path):
            """
            The folder "\(path)" holds other files, and others on this machine may read it. It was \
            left as it is. Name a folder of the hub's own with --data; it is made when there is none.
            """
        case .otherKey(let path):
            """
            The key "\(path)" is not the key of this hub, and laptops would refuse its answers. \
            Nothing was changed. Put the hub's own key file back, from a backup if need be.
            """
        case .alreadyServing(let path):
            """
            Another "fieldbook-hub serve" is running on "\(path)". Nothing was changed. Stop that \
            one first.
            """
        case .nightIsRunning(let path):
            """
            Another "fieldbook-hub nightly" is running on "\(path)". Nothing was changed. Wait \
            until that one is done.
            """
        case .noSuchDevice(let text):
            """
            No device here has the id \"\(text.cut)\", and no member that name. "fieldbook-hub devices" \
            lists them; give an id, four or more digits of it, or a name.
            """
        case .noSuchPeer(let text):
            """
            This hub exchanges with no hub called \"\(text.cut)\". "fieldbook-hub peer list" shows them.
            """
        case .ambiguousPeer(let text, let peers):
            """
            "\(text.cut)" may be one of these. Give the id:
            \(peers.map { "  " + $0 }.joined(separator: "\n"))
            """
        case .peerNotEncrypted(let url):
            """
            What is sent to \(url) could be read on the way. Nothing was changed. Use that hub's \
            https address.
            """
        case .ownPeer:
            """
            This is the link of this hub itself. Nothing was changed. Use the link of the other hub, \
            which its keeper sees with "fieldbook-hub peer list".
            """
        case .organizersOnly:
            """
            What only organizers may read never leaves a congregation. Nothing was changed. Share \
            the commons, or a turf with --turf.
            """
        case .ambiguousDevice(let text, let devices):
            """
            "\(text.cut)" could mean \(devices.count) devices. Nothing was changed. Say which one by its id:
            \(devices.map { "  " + $0 }.joined("\n"))
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
        case .notEncrypted(let url):
            """
            No laptop would take an invitation to \(url): what is sent there could be read on the \
            way. Give the hub's https address with "fieldbook-hub serve --url", for example \
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
            There is no new backup: the copy was tested and is not good. \(why) \(Self.last(lastGood))
            """
        case .noRoomForBackup(let path, let needed, let free, let lastGood):
            """
            There is no new backup: there is no room for one on the disk that holds "\(path)". A \
            copy needs \(needed.megabytes), and \(free.megabytes) are free. \(Self.last(lastGood)) \
            Free some space, or have the disk made larger.
            """
        case .notABackup(let path, let why):
            """
            Nothing was changed: "\(path)" cannot be put back. It should be the folder of one day's \
            backup, with hub.sqlite, notebook.sqlite and their keys. \(why)
            """
        case .reportNotWritten(let path):
            "The report could not be written to \"\(path)\". Check whether the disk is full."
        }
    }
}

extension HubError {
    private static func last(_ day: String?) -> Phrase {
        day.map { "The last good one, of \($0), was kept." } ?? "There is no earlier one."
    }
}

extension UInt64 {
    /// "12 MB", rounded up: what is needed is never said to be less.
    fileprivate var megabytes: String { "\(self / 1_000_000 + (self % 1_000_000 == 0 ? 0 : 1)) MB" }
}
