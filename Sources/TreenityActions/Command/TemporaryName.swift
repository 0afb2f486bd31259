import Glibc

/// A name that `mkdtemp` and `mkstemp` make unique.
struct TemporaryName {
    /// The path, closed by a zero.
    var bytes: [CChar]
    private let directory: String

    init(in directory: String) {
        self.directory = directory
        bytes = Array("\(directory)/treenity-action-XXXXXX".utf8CString)
    }

    var path: String { String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }

    /// What kept it from being made, right after the attempt.
    var complaint: String {
        "nothing can be made in \(directory): \(String(cString: strerror(errno)).lowercased())"
    }
}
