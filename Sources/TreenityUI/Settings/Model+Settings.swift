extension Model {
    /// Gives a setting the value that a text stands for.
    ///
    /// - Returns: what has to be done for it.
    mutating func set(_ setting: Setting, to text: String) throws(Setting.Problem) -> [Effect] {
        let old = settings
        try setting.apply(setting.value(of: text), to: &settings)
        return settingsChanged(from: old)
    }

    /// What follows from settings that are others now.
    mutating func settingsChanged(from old: Settings) -> [Effect] {
        if settings.order != old.order { outline.sorted.order = settings.order }
        outline.showsProperties = settings.showsProperties
        var effects: [Effect] = []
        if settings.themeName != old.themeName {
            settings.themesByBackground = nil
            effects.append(.loadTheme(settings.themeName))
        }
        if settings.usesMouse != old.usesMouse { effects.append(.terminal(.reportMouse(settings.usesMouse))) }
        return effects
    }

    /// The terminal has said what it draws on.
    mutating func backgroundIs(_ color: Color) -> [Effect] {
        guard let name = settings.themesByBackground?.name(on: color), name != settings.themeName else { return [] }
        return [.loadTheme(name)]
    }

    /// A look that was asked for has come, or what is wrong with it.
    mutating func themeCame(_ name: String, _ result: Result<Theme, Setting.Problem>) {
        switch result {
        case .success(let theme):
            settings.theme = theme
            settings.themeName = name
        case .failure(let problem):
            notice = .warning(problem.description)
        }
    }
}
