import GRDB
import TreenityLog

/// Why a data file cannot be used.
public struct DataFileError: Error, Hashable, Sendable, CustomStringConvertible {
    private enum Code: Hashable, Sendable {
        case cannotOpen
        case inUse
        case foreign
        case damaged
    }

    private let code: Code

    /// The reason, for a person: what is wrong, where, and what to do.
    public let description: String

    private init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static func cannotOpen(_ path: String, _ reason: String) -> DataFileError {
        DataFileError(.cannotOpen, "cannot open \(path): \(reason)")
    }

    static func inUse(_ path: String, by process: String) -> DataFileError {
        DataFileError(
            .inUse, "\(path) is in use by another server\(process): stop that one first, or name another file")
    }

    static func foreign(_ path: String, _ reason: String) -> DataFileError {
        DataFileError(.foreign, "\(path) \(reason), and was left as it is: name another file")
    }

    static func newer(_ path: String, version: Int32) -> DataFileError {
        DataFileError(
            .foreign,
            "\(path) is of version \(version), and this treenity reads versions up to \(Schema.version): run a newer one"
        )
    }

    static func damaged(_ path: String, _ reason: String) -> DataFileError {
        DataFileError(.damaged, "\(path) is damaged: \(reason). \(wayOut(path))")
    }

    /// What to do about damage, whenever it is found.
    fileprivate static func wayOut(_ path: String) -> String {
        "It was left as it is; “treenity export --data \(path)” gets out what can be read"
    }

    /// What an error of the database means for a file that is opened.
    init(_ error: any Error, opening path: String) {
        switch error {
        case let error as DataFileError: self = error
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path, error.message ?? "\(error.resultCode)")
            default: self = .cannotOpen(path, error.words)
            }
        case let error as LogFailure: self = .damaged(path, error.description)
        default: self = .cannotOpen(path, "\(error)")
        }
    }

    /// What an error of the database means for a file of which all is wanted that can still be read.
    init(_ error: any Error, salvaging path: String) {
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_NOTADB?:
            self.init(.damaged, "\(path) is no data file of treenity, or has lost its beginning: it cannot be read")
        case .SQLITE_CORRUPT?:
            self.init(.damaged, "\(path) is damaged so much that nothing of it can be read")
        default: self.init(error, opening: path)
        }
    }

    /// Whether what stands in it cannot be read.
    public var isDamage: Bool { code == .damaged }
}

extension DatabaseError {
    /// The reason in plain words.
    var words: String {
        switch resultCode {
        case .SQLITE_FULL: "the disk is full"
        case .SQLITE_IOERR: "the disk gives an error (SQLite's number \(extendedResultCode.rawValue))"
        case .SQLITE_READONLY, .SQLITE_PERM: "it may not be written to"
        case .SQLITE_CANTOPEN: "it cannot be opened, or its folder cannot be written to"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds it"
        case .SQLITE_CORRUPT: "its pages do not fit together"
        default: message ?? "\(resultCode)"
        }
    }
}

extension LogFailure {
    /// What an error means for the log in a file: of damage, also what to do.
    init(_ error: any Error, in path: String) {
        let failure = LogFailure(error)
        guard failure.isDamage else {
            self = failure
            return
        }
        self = .damaged("it is damaged: \(failure.description). \(DataFileError.wayOut(path))")
    }

    /// What an error of the database means for the log.
    init(_ error: any Error) {
        switch error {
        case let error as LogFailure: self = error
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(error.words)
            default: self = .unavailable(error.words)
            }
        default: self = .unavailable("\(error)")
        }
    }
}
