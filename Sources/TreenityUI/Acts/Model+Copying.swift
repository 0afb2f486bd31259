import TreenityProtocol
import TreenityStore

extension Model {
    /// Terminals take no more than that, in bytes; xterm and its kin are the strictest.
    private static let maximumClipboardBytes = 74_994

    /// Copies a line for each of what the command is for.
    mutating func copyText(of what: String, _ text: (Model, Replica.Item) -> String?) -> [Effect] {
        let items = targets
        let lines = items.compactMap { text(self, $0) }
        guard !lines.isEmpty else {
            notice = .warning("there is no \(what) here")
            return []
        }
        acts.unmark()
        return copy(lines.joined(separator: "\n"), of: lines.count == 1 ? what : "\(lines.count) \(what)s")
    }

    /// Copies the nodes as JSON; several as one object of them.
    mutating func copyNodes() -> [Effect] {
        guard let items = readableTargets() else { return [] }
        let nodes = items.compactMap { item -> Clipping.Item? in
            guard case .node(let node) = item else {
                // Of a property, the node that has it.
                return outline.node.map { Clipping.Item(name: tree.name(of: $0), value: tree.json(of: $0)) }
            }
            return Clipping.Item(name: path(of: item)?.name ?? "tree", value: tree.json(of: node))
        }
        acts.unmark()
        return copy(nodes.count == 1 ? nodes[0].value.text : Clipping(nodes).object.text, of: "JSON")
    }

    /// The value of a property; of a node, that of the property which tells most about it.
    func valueText(_ item: Replica.Item) -> String? {
        switch item {
        case .property(let node, let name): return tree.property(name, of: node)?.value.plainText
        case .node(let node):
            let properties = tree.properties(of: node)
            let telling = settings.tellingProperties.lazy.compactMap { key in
                properties.first { $0.name.text == key }
            }.first
            return (properties.first { $0.name == chosenProperty } ?? telling ?? properties.first)?.value.plainText
        }
    }

    /// Hands a text to the terminal's clipboard, and says what was handed over.
    mutating func copy(_ text: String, of what: String) -> [Effect] {
        let bytes = text.utf8.count
        guard bytes <= Model.maximumClipboardBytes else {
            notice = .warning(
                "\(what): \(Human.grouped(bytes)) bytes; terminals take no more than "
                    + "\(Human.grouped(Model.maximumClipboardBytes)) into the clipboard")
            return []
        }
        let hasControls = text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }
        let warning = hasControls ? ", with control characters: mind where you paste it" : ""
        notice = Notice(
            text: "copied \(what) (\(Human.grouped(bytes)) bytes\(warning)): \(text.prefix(200))",
            weight: hasControls ? .warning : .information)
        return [.terminal(.copy(text))]
    }
}

extension JSONValue {
    /// A string as it is, all else as JSON.
    var plainText: String { string ?? text }
}
