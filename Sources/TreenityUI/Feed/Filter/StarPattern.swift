/// A pattern of steps, one of which stands for any run of elements.
struct StarPattern<Step: Hashable & Sendable>: Hashable, Sendable {
    let steps: [Step]
    /// The step that stands for any run, also an empty one.
    let star: Step

    /// Whether all elements, one by one, fit the steps.
    ///
    /// - Parameter fits: whether a step that is no star stands for an element.
    /// - Complexity: O(elements × steps) at worst: of several stars only the last is ever gone back to.
    func matches<Element>(_ elements: [Element], by fits: (Step, Element) -> Bool) -> Bool {
        var (place, read) = (0, 0)
        var last: (place: Int, read: Int)?
        while read < elements.count {
            if place < steps.count, steps[place] == star {
                last = (place, read)
                place += 1
            } else if place < steps.count, fits(steps[place], elements[read]) {
                place += 1
                read += 1
            } else if let (star, start) = last {
                last = (star, start + 1)
                (place, read) = (star + 1, start + 1)
            } else {
                return false
            }
        }
        return steps[place...].allSatisfy { $0 == star }
    }
}
