import TreenityProtocol

extension Patch {
    /// This patch without the leaves to which these ways lead.
    func dropping(_ ways: [[Name]]) -> Patch {
        guard !ways.isEmpty else { return self }
        var patch = self
        switch operation {
        case .add(let value): patch.operation = .add(value.dropping(ways))
        case .edit(let value): patch.operation = .edit(value.dropping(ways))
        case .delete, .move, .execute: break
        }
        return patch
    }
}

extension JSONValue {
    fileprivate func dropping(_ ways: [[Name]]) -> JSONValue {
        guard let members else { return self }
        let waysByName = Dictionary(grouping: ways) { $0.first }
        let kept = members.compactMap { member -> Member? in
            guard let name = try? Name(member.key), let onward = waysByName[name] else { return member }
            if onward.contains(where: { $0.count == 1 }) { return nil }
            return Member(key: member.key, value: member.value.dropping(onward.map { Array($0.dropFirst()) }))
        }
        return .object(kept)
    }
}
