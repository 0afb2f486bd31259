import Foundation
import TreenityProtocol
import TreenityServer
import TreenityStore
import TreenityUI

/// JSON documents that become trees.
enum Documents {
    /// The tree of a file, or of standard input (`-`); what had to be renamed is said.
    static func tree(of name: String) throws -> Replica {
        let (source, bytes) = try InputFile.read(name)
        do {
            let imported = try Import(try JSONValue(parsing: bytes))
            for renaming in imported.renamings {
                let key = DisplayText(renaming.key).text
                StandardError.write("treenity: \(source): in \(renaming.parent), “\(key)” became “\(renaming.name)”")
            }
            return imported.tree
        } catch {
            throw Failure("cannot import \(source): \(error)")
        }
    }
}
