import Glibc

/// A port of this machine at which connections are refused: it is taken, and nobody listens.
public struct RefusingPort {
    /// Its number.
    public let number: Int
    private let socket: Int32

    /// Takes one.
    public init() {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, size) == 0 && getsockname(socket, address, &size) == 0
            }
        }
        precondition(isBound, "no port is free")
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Others may have it.
    public func giveUp() { close(socket) }
}
