/// A colour scheme of the Tinted Theming project: sixteen colours, base00 (background) to base0F. Of the 24 of a base24
/// scheme these are the first.
public struct Base16: Hashable, Sendable {
    /// The scheme's name, for people.
    public var name: String
    /// base00 to base0F.
    public let colors: [Color]

    /// A scheme from its colours by key (`base00` … `base0F`, in either case), each `RRGGBB` or `#RRGGBB`.
    ///
    /// - Throws: ``ThemeError`` for a colour that is missing or no colour.
    public init(name: String, palette: [String: String]) throws(ThemeError) {
        self.name = name
        var colors: [Color] = []
        for index in 0..<16 {
            let key = "base0" + String(index, radix: 16, uppercase: true)
            guard let text = palette[key] ?? palette[key.lowercased()] else {
                throw ThemeError("the theme “\(name)” has no colour \(key)")
            }
            guard let color = Color(hexadecimal: text) else {
                throw ThemeError("“\(text)” for \(key) of the theme “\(name)” is no colour: write it as “#RRGGBB”")
            }
            colors.append(color)
        }
        self.colors = colors
    }
}

/// Why a theme cannot be used.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, for a person.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Color {
    /// A colour from `RRGGBB` or `#RRGGBB`; `nil` for anything else.
    public init?(hexadecimal text: String) {
        let digits = text.hasPrefix("#") ? text.dropFirst() : Substring(text)
        guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let bits = UInt32(digits, radix: 16) else {
            return nil
        }
        self = .rgb(UInt8(bits >> 16), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF))
    }
}
