import TreenityProtocol

extension Patch {
    /// About so many bytes does the patch take in a frame.
    var roughBytes: Int {
        let content =
            switch operation {
            case .add(let value), .edit(let value): value.text.utf8.count
            case .execute(let argument): argument?.text.utf8.count ?? 0
            case .move(let target): target.text.utf8.count
            case .delete: 0
            }
        return 100 + path.text.utf8.count + content + (meta?.text.utf8.count ?? 0)
    }
}
