/// The middle of some numbers; of an even number of them the mean of the two in the middle. Nil of
/// none.
package func median(_ numbers: some Sequence<Int64>) -> Double? {
    let sorted = numbers.sorted()
    guard let last = sorted.last else { return nil }
    let middle = sorted.count / 2
    guard sorted.count > 1, sorted.count % 2 == 0 else {
        return Double(sorted.count == 1 ? last : sorted[middle])
    }
    return (Double(sorted[middle - 1]) + Double(sorted[middle])) / 2
}
