import TreenityProtocol

extension LoadAverage {
    /// The node `load`.
    var content: Subtree {
        [
            "value": .text("\(one) \(five) \(fifteen)"),
            "1min": .property(.number(one) ?? .null),
            "5min": .property(.number(five) ?? .null),
            "15min": .property(.number(fifteen) ?? .null),
        ]
    }
}
