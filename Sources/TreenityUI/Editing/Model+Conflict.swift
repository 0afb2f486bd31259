import TreenityProtocol
import TreenityStore

extension Model {
    mutating func press(_ key: Key, in conflict: Conflict) -> [Effect] {
        var conflict = conflict
        conflict.remark = nil
        switch key {
        case .escape, .control("c"):
            leave(conflict.editor)
            return []
        case .character("e"), .character("i"):
            editAgain(conflict)
            return []
        case .enter: return finish(conflict)
        case .down, .character("j"): conflict.move(by: 1)
        case .up, .character("k"): conflict.move(by: -1)
        case .home: conflict.move(by: -conflict.fields.count)
        case .end: conflict.move(by: conflict.fields.count)
        case .character("m"): conflict.choose(.mine)
        case .character("t"): conflict.choose(.theirs)
        case .character("b"): conflict.choose(.base)
        case .character("M"): conflict.chooseForAll(.mine)
        case .character("T"): conflict.chooseForAll(.theirs)
        default: break
        }
        dialog = .conflict(conflict)
        return []
    }

    private mutating func finish(_ conflict: Conflict) -> [Effect] {
        guard conflict.isDecided else {
            var conflict = conflict
            conflict.goToOpen()
            conflict.remark = "choose first: m mine, t theirs, b as it was before both"
            dialog = .conflict(conflict)
            return []
        }
        return finish(conflict.editor, conflict.operations)
    }

    /// Back to the text, now that the user knows what others did.
    private mutating func editAgain(_ conflict: Conflict) {
        var editor = conflict.editor
        // Of a node, what others added is not in the text: only against the old base it is not taken for removed.
        if editor.subject.name != nil { editor.base = editor.subject.value(in: tree) }
        editor.theirs = nil
        dialog = .editor(editor)
    }
}
