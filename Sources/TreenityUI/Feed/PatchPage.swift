import TreenityProtocol
import TreenityStore

/// A patch of the feed in full, over the whole screen.
struct PatchPage: Sendable {
    let title: String
    let lines: [JSONLine]
    /// The patch alone, to be copied.
    let text: String
    /// Rows that are above the screen.
    var scroll = 0
}

extension Model {
    mutating func showPatch() {
        guard let entry = feed.selected ?? feed.visible(height: 1).last else {
            notice = .information("no patch is shown")
            return
        }
        let patch = JSONValue(patch: entry.patch)
        var members = [JSONValue.Member(key: "patch", value: patch)]
        if case .refused(let refusal) = entry.outcome {
            members.append(
                JSONValue.Member(key: "refused", value: .string("\(refusal.code.rawValue): \(refusal.message)")))
        }
        let differences = entry.differences.map { difference in
            JSONValue.Member(
                key: difference.name.isEmpty ? (entry.patch.path.name?.text ?? "value") : difference.name,
                value: .object(
                    [
                        difference.old.map { JSONValue.Member(key: "was", value: $0) },
                        difference.new.map { JSONValue.Member(key: "is", value: $0) },
                    ].compactMap(\.self)))
        }
        if !differences.isEmpty { members.append(JSONValue.Member(key: "changed", value: .object(differences))) }
        if entry.count > 1 {
            members.append(JSONValue.Member(key: "times", value: .integer(entry.count)))
        }
        dialog = .feed(
            .patch(
                PatchPage(
                    title: "\(entry.patch.operation.name) \(entry.patch.path)",
                    lines: JSONLine.lines(of: .object(members)), text: patch.text)))
    }

    mutating func press(_ key: Key, in page: PatchPage) -> [Effect] {
        var page = page
        switch key {
        case .escape, .enter, .left, .character("q"), .character("h"), .control("c"):
            dialog = nil
            return []
        case .character("y"):
            notice = .information("the patch is copied")
            dialog = nil
            return [.terminal(.copy(page.text))]
        default: page.scroll = PageMotion.scrolled(page.scroll, key, rows: page.lines.count, height: pageHeight)
        }
        dialog = .feed(.patch(page))
        return []
    }
}

extension JSONValue {
    /// A patch as it travels.
    init(patch: Patch) {
        let bytes = ServerFrame.patch(patch).encoded()
        self = (try? JSONValue(parsing: bytes)) ?? .emptyObject
    }
}
