import Glibc
import NIOCore

/// A socket in the file system at which a server listens, for this user alone.
struct SocketFile: Sendable {
    /// Open, bound and not listening yet; whoever gets it closes it.
    let descriptor: CInt
    private let path: String
    private let device: dev_t
    private let inode: ino_t

    /// Makes the file; takes the place of one that a server left behind.
    init(at path: String) throws(ServerError) {
        let address: SocketAddress
        do {
            address = try SocketAddress(unixDomainSocketPath: path)
        } catch {
            throw .cannotListen("cannot listen on \(path): the path of a socket has at most 107 bytes")
        }
        try SocketFile.makeRoom(at: path, address)
        let descriptor = try SocketFile.open(path)
        // Before there is a file: so it never has another mode than this.
        guard fchmod(descriptor, 0o600) == 0,
            address.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0
        else {
            let failure = SocketFile.failure(path)
            close(descriptor)
            throw failure
        }
        var status = stat()
        lstat(path, &status)
        self.descriptor = descriptor
        self.path = path
        device = status.st_dev
        inode = status.st_ino
    }

    /// Removes the file, unless another has taken its place.
    func remove() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else { return }
        unlink(path)
    }

    private static func makeRoom(at path: String, _ address: SocketAddress) throws(ServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw .cannotListen("cannot listen on \(path): a file that is no socket is there")
        }
        let probe = try open(path)
        defer { close(probe) }
        guard address.withSockAddr({ connect(probe, $0, socklen_t($1)) }) != 0 else {
            throw .cannotListen("cannot listen on \(path): something else listens there already")
        }
        // Only nobody's socket is refused; one that may not be used, say, may be somebody's.
        guard errno == ECONNREFUSED, unlink(path) == 0 else { throw failure(path) }
    }

    private static func open(_ path: String) throws(ServerError) -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path) }
        return descriptor
    }

    private static func failure(_ path: String) -> ServerError {
        .cannotListen("cannot listen on \(path): \(String(cString: strerror(errno)).lowercased())")
    }
}
