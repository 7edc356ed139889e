import CLinux

/// How the process asks the system for memory.
package enum Memory {
    /// Has all threads share one heap. By default each gets one of its own, and what one gives back is no
    /// other's: a hub that took a large push on each of its threads would keep the room of all of them.
    /// To be called before there are other threads.
    package static func shareOneHeap() {
        share_one_heap()
    }
}
