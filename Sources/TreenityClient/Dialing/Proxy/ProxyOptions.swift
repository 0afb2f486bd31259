/// Through whom servers are reached.
///
/// As curl has it, a variable is read in lower case first, and one that is empty is as if it were not there: for `wss://`
/// `wss_proxy`, `https_proxy` and then `all_proxy`, for `ws://` `ws_proxy`, `http_proxy` and then `all_proxy`, each in
/// upper case too but for `HTTP_PROXY`, which a request can set where programs are run for web servers. `no_proxy` lists
/// the exceptions. This machine is always reached without a proxy.
///
/// A proxy is `[http://|https://][user:password@]host[:port]`. What it knows of users and passwords shows nowhere.
public struct ProxyOptions: Hashable, Sendable {
    private let plain: Result<Proxy, ConnectionFailure>?
    private let secure: Result<Proxy, ConnectionFailure>?
    private let exceptions: ProxyExceptions

    /// Servers are reached without a proxy.
    public static let none = ProxyOptions(environment: [:])

    /// What these variables say. One that cannot be used fails the attempts to connect that would need it.
    public init(environment: [String: String]) {
        func first(of names: [String]) -> Result<Proxy, ConnectionFailure>? {
            for name in names {
                guard let text = environment[name], !text.isEmpty else { continue }
                return Result { () throws(ConnectionFailure) in try Proxy(parsing: text, of: name) }
            }
            return nil
        }
        let all = ["all_proxy", "ALL_PROXY"]
        plain = first(of: ["ws_proxy", "WS_PROXY", "http_proxy"] + all)
        secure = first(of: ["wss_proxy", "WSS_PROXY", "https_proxy", "HTTPS_PROXY"] + all)
        let exceptions = ["no_proxy", "NO_PROXY"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self.exceptions = ProxyExceptions(parsing: exceptions ?? "")
    }

    /// `nil`: the server is reached without one.
    ///
    /// - Throws: ``ConnectionFailure`` where the variable for it cannot be used.
    func proxy(for address: ServerAddress) throws(ConnectionFailure) -> Proxy? {
        guard let proxy = address.isSecure ? secure : plain, !ProxyOptions.isHere(address.host),
            !exceptions.contains(host: address.host, port: address.port)
        else { return nil }
        return try proxy.get()
    }

    private static func isHere(_ host: String) -> Bool {
        if let address = IPAddress(host) { return address.isLoopback }
        let name = host.lowercased()
        return name == "localhost" || name.hasSuffix(".localhost")
    }
}
