import TreenityProtocol

/// A patch of an inverse, with its addresses as they are followed.
struct InverseStep: Hashable, Sendable {
    private let operation: Patch.Operation
    private(set) var address: DeedAddress
    private(set) var target: DeedAddress?

    init(_ patch: Patch, restored: Set<TreePath>) {
        operation = patch.operation
        switch patch.operation {
        case .add: address = DeedAddress(gap: patch.path, restored: restored)
        case .move(let target):
            address = DeedAddress(patch.path)
            self.target = DeedAddress(gap: target, restored: restored)
        case .edit, .delete, .execute: address = DeedAddress(patch.path)
        }
    }

    /// - Parameter target: of a move.
    init(_ patch: Patch, address: DeedAddress, target: DeedAddress?) {
        operation = patch.operation
        (self.address, self.target) = (address, target)
    }

    var patch: Patch {
        if let target { return Patch(.move(to: target.path), address.path) }
        return Patch(operation, address.path)
    }

    func passing(_ passages: Passages, from number: Int) -> InverseStep {
        var step = self
        step.address = passages.carry(address, from: number)
        step.target = target.map { passages.carry($0, from: number) }
        return step
    }
}
