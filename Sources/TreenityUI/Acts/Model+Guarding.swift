extension Model {
    /// Whether the tree may be changed now. Otherwise the user is told why, or asked to unlock it.
    mutating func isUnlocked() -> Bool {
        switch settings.protection {
        case .open: return true
        case .readOnly:
            notice = .warning("read-only: this profile changes nothing")
            return false
        case .protected where acts.isUnlocked: return true
        case .protected(let name):
            dialog = .act(.question(Question(.unlock(name))))
            return false
        }
    }

    /// Whether a command could do something: where nothing may be changed, hints for changes are of no use.
    func isUsable(_ command: Command) -> Bool {
        switch command {
        case .change, .editing(.openExternally), .act(.undo), .act(.redo), .act(.execute):
            settings.protection != .readOnly
        case .act, .editing, .move, .tree, .find, .pane, .feed, .time, .program: true
        }
    }

    mutating func toggleLock() {
        switch settings.protection {
        case .open: notice = .information("this tree is not protected")
        case .readOnly: notice = .warning("read-only: this profile changes nothing")
        case .protected(let name) where acts.isUnlocked:
            acts.isUnlocked = false
            notice = .information("\(name) is locked again")
        case .protected: _ = isUnlocked()
        }
    }

    /// The name was typed.
    ///
    /// - Returns: what is wrong.
    mutating func unlock(_ name: String, with text: String) -> String? {
        guard text == name else { return "that is not its name" }
        acts.isUnlocked = true
        notice = .information("\(name) is unlocked: what you change now is changed for everybody; gl locks it again")
        return nil
    }

    /// What the status line says of the protection.
    var protectionWords: String? {
        switch settings.protection {
        case .open: nil
        case .readOnly: "read-only"
        case .protected(let name): acts.isUnlocked ? "\(name) unlocked" : "\(name) locked"
        }
    }

    /// How that stands out, and the lines around the panes with it.
    var protectionStyle: Style? {
        switch settings.protection {
        case .open: nil
        case .readOnly: settings.theme.moved
        case .protected: acts.isUnlocked ? settings.theme.failure : settings.theme.warning
        }
    }
}

extension Theme {
    /// With the lines around the panes in this style.
    func bordered(by style: Style?) -> Theme {
        guard let style else { return self }
        var theme = self
        theme.border = style
        theme.focusedBorder = style
        theme.focusedBorder.attributes.insert(.bold)
        return theme
    }

    /// The style of what is marked.
    func marked(_ style: Style) -> Style {
        var style = style
        style.foreground = executed.foreground
        style.attributes.formUnion([.bold, .underline])
        return style
    }
}
