import TreenityProtocol
import TreenityStore

extension Model {
    mutating func showRefused() {
        guard !acts.refused.isEmpty else {
            notice = .information("the server has refused nothing")
            return
        }
        dialog = .act(.sheet(Sheet(.refused(selection: acts.refused.count - 1))))
    }

    mutating func pressInRefused(_ key: Key, _ selection: Int) -> [Effect] {
        switch key {
        case .enter, .character("r"): return repeatRefused(selection)
        case .character("d"), .delete: return dropRefused(selection)
        case .character("i"): askToCorrect(selection)
        default: select(PageMotion.moved(selection, key, last: acts.refused.count - 1, height: pageHeight))
        }
        return []
    }

    private mutating func select(_ place: Int) {
        guard !acts.refused.isEmpty else {
            dialog = nil
            return
        }
        dialog = .act(.sheet(Sheet(.refused(selection: min(max(0, place), acts.refused.count - 1)))))
    }

    /// Makes the edit once more, on the tree as it is now.
    private mutating func repeatRefused(_ place: Int) -> [Effect] {
        guard acts.refused.indices.contains(place) else { return [] }
        let patches = acts.refused[place].edit.patches.map { Patch($0.operation, $0.path) }
        // Unlocking may take the dialog's place.
        guard send(patches) else { return [] }
        let dropped = remove(place)
        notice = .information("sent once more")
        return flush() + dropped
    }

    private mutating func dropRefused(_ place: Int) -> [Effect] {
        guard acts.refused.indices.contains(place) else { return [] }
        notice = .information("dropped")
        return remove(place)
    }

    private mutating func remove(_ place: Int) -> [Effect] {
        let act = acts.refused.remove(at: place)
        select(place)
        return [.network(.drop(id: act.edit.id))]
    }

    /// Asks what is to be written instead.
    private mutating func askToCorrect(_ place: Int) {
        guard acts.refused.indices.contains(place), let text = acts.refused[place].correctable else {
            notice = .information("only a single ADD or EDIT can be changed here; r repeats, d drops")
            return
        }
        dialog = .act(.question(Question(.correct(id: acts.refused[place].edit.id), text)))
    }

    /// Sends the edit with another value.
    ///
    /// - Returns: what is wrong.
    mutating func correct(_ id: String, _ text: String) -> String? {
        guard let place = acts.refused.firstIndex(where: { $0.edit.id == id }),
            let patch = acts.refused[place].edit.patches.first
        else { return "it is dropped already" }
        let (value, complaint) = Model.argument(text)
        guard let value else { return complaint ?? "type the value as JSON" }
        let operation: Patch.Operation = if case .add = patch.operation { .add(value) } else { .edit(value) }
        guard send(operation, patch.path) else { return notice?.text ?? "nothing was done" }
        acts.dropped.append(acts.refused.remove(at: place).edit.id)
        return nil
    }
}

extension RefusedAct {
    /// What can be changed of it, as JSON; `nil`: nothing.
    fileprivate var correctable: String? {
        guard edit.patches.count == 1 else { return nil }
        switch edit.patches[0].operation {
        case .add(let value), .edit(let value): return value.text
        case .delete, .move, .execute: return nil
        }
    }
}
