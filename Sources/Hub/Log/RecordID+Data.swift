import Foundation
import Replication

extension RecordID {
    /// The id as SQL binds it.
    var dataValue: Data { Data(bytes) }
}
