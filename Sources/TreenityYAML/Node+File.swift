public import Yams

extension Node {
    /// The content of a file of YAML; `nil`: there is none.
    public static func parse(_ text: String) throws(YAMLFileError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw YAMLFileError(mark.line, "this is no YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw YAMLFileError(context.mark.line, "“\(keys.first ?? "")” stands there twice; write it once")
        } catch {
            throw YAMLFileError(nil, "this is no YAML: \(error)")
        }
    }

    /// Where it begins, from 1.
    public var line: Int? { mark?.line }
}
