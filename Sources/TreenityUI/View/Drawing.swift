/// Draws a part of the interface as a model has it.
protocol Drawing {
    var model: Model { get }
}

extension Drawing {
    var theme: Theme { model.settings.theme }
    var glyphs: Glyphs { model.settings.glyphs }
}
