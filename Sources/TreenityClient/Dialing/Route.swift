/// A destination, and how it is reached.
struct Route: Sendable {
    let destination: Destination
    let proxy: Proxy?

    /// The host to connect to.
    var host: String { proxy?.host ?? destination.address.host }
    /// The port to connect to.
    var port: Int { proxy?.port ?? destination.address.port }
    /// Who is at the other end of the connection, with the port.
    var nextEndpoint: String { proxy?.endpoint ?? destination.address.endpoint }
}
