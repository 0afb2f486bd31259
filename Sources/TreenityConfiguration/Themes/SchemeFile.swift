import Foundation
public import TreenityUI
import Yams

/// A scheme file of the Tinted Theming project: base16 or base24, in the form with `palette:` or the older, flat one.
public enum SchemeFile {
    private struct Contents: Decodable {
        var name: String?
        var scheme: String?
        var palette: [String: String]?
    }

    /// The scheme of a file's text.
    ///
    /// - Parameter file: what the file is called, for a scheme without a name.
    public static func scheme(_ text: String, file: String) throws(ThemeFileError) -> Base16 {
        do {
            let contents = try YAMLDecoder().decode(Contents.self, from: text)
            // Older files have the colours beside the name.
            let palette = try contents.palette ?? YAMLDecoder().decode([String: String].self, from: text)
            return try Base16(name: contents.name ?? contents.scheme ?? file, palette: palette)
        } catch let error as ThemeError {
            throw ThemeFileError(description: "\(file): \(error.description)")
        } catch {
            throw ThemeFileError(description: "\(file) is no base16 scheme file: \(plain(error))")
        }
    }

    private static func plain(_ error: any Error) -> String {
        switch error {
        case DecodingError.dataCorrupted(let context):
            context.underlyingError.map { "\($0)" } ?? context.debugDescription
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            context.debugDescription
        default: "\(error)"
        }
    }
}

/// Why there is no theme of that name, or why its file cannot be used.
public struct ThemeFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, for a person.
    public let description: String
}
