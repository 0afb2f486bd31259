import AsyncHTTPClient

/// Runs a body with the actions of a file; all that they hold is given back when it ends.
///
/// - Parameter body: has to await every action that it runs.
/// - Throws: what the body throws.
public func withActions<Value>(
    _ file: ActionFile, options: ActionOptions, _ body: (Actions) async throws -> Value
) async throws -> Value {
    try await HTTPClient.withHTTPClient(configuration: .actions(running: options.maximumRunning)) { client in
        try await body(Actions(file: file, options: options, client: HTTPActionClient(client)))
    }
}
