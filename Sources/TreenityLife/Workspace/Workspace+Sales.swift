import TreenityProtocol

extension Workspace {
    static let sales: JSONValue = ["title": "Sales", "orders": numbered(firstOrders, from: 11), "customers": customers]

    private static let firstOrders: [JSONValue] = [
        order("Acme Ltd: 200 mugs", .delivered, total: 1_580),
        order("Müller GmbH: 3 grinders", .delivered, total: 2_940),
        order("青空商事: 500 filters", .shipped, total: 415, items: ["400 paper filters", "100 cloth filters"]),
        order("Café Lumière: 12 espresso sets", .shipped, by: .ann, total: 1_188),
        order("Acme Ltd: 40 kettles", .packed, total: 3_160, items: ["30 kettles, black", "10 kettles, copper"]),
        order("Bäckerei Öztürk: 60 kg of beans", .paid, by: .ann, total: 1_020),
        order("Müller GmbH: 24 tampers", .new, total: 696),
        order("Kahvila Äänekoski: 80 mugs", .new, by: .ann, total: 632),
    ]

    private static let customers: JSONValue = [
        "acme": customer("Acme Ltd", in: "Leeds", tags: ["wholesale"]),
        "müller-gmbh": customer("Müller GmbH", in: "Köln", tags: ["wholesale", "machines"]),
        "青空商事": customer("青空商事", in: "大阪", tags: ["filters"]),
        "café-lumière": customer("Café Lumière", in: "Nîmes", tags: ["café"]),
        "bäckerei-öztürk": customer("Bäckerei Öztürk", in: "Berlin", tags: ["bakery"]),
        "äänekoski": customer("Kahvila Äänekoski ❄️", in: "Äänekoski", tags: ["café"]),
    ]

    private static func customer(_ name: String, in city: String, tags: [String]) -> JSONValue {
        ["name": .string(name), "city": .string(city), "tags": .array(tags.map(JSONValue.string))]
    }
}
