import TreenityProtocol

extension Name {
    /// A name for whatever the kernel or a person calls something: controls replaced, cut to the greatest length; `_` for
    /// what cannot be a name at all, or would be read as a text edit.
    init(cleaning text: String) {
        var clean = String.UnicodeScalarView()
        var room = Name.maximumBytes
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value
            let kept: Unicode.Scalar = isControl ? "\u{FFFD}" : scalar
            room -= UTF8.width(kept)
            guard room >= 0 else { break }
            clean.append(kept)
        }
        let name = String(clean)
        self = name == TextEdit.key ? "_" : (try? Name(name)) ?? "_"
    }
}
