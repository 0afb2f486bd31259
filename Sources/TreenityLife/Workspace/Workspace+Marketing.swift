import TreenityProtocol

extension Workspace {
    static let marketing: JSONValue = [
        "title": "Marketing", "tasks": numbered(marketingTasks, from: 101), "campaigns": marketingCampaigns,
    ]

    private static let marketingTasks: [JSONValue] = [
        task(
            "Campaign Planning", .assigned, for: "john.doe", tags: ["q4", "launch"], due: "2026-02-14",
            notes: "Call the printer about the paper samples.",
            checklist: [("Agree on the budget", true), ("Book the venue", false), ("Write the brief", false)],
            comments: [(.ann, "Shall we meet on Tuesday?")]),
        task(
            "Landing page", .inProgress, by: .john, for: "ann", tags: ["launch", "web"], due: "2026-02-20",
            notes: "The headline is still too long.",
            checklist: [("First draft", true), ("Photos", false), ("Mobile layout", false)]),
        task(
            "Übersetzung der Broschüre", .inProgress, for: "ann", tags: ["druck"], due: "2026-03-02",
            notes: "Größe A5, nicht A4."),
        task(
            "Présentation du café d’été ☕", .assigned, by: .john, tags: ["événement"], due: "2026-05-30",
            notes: "Réserver la terrasse à Nîmes."),
        task(
            "日本語サイトの見出し", .review, by: .john, for: "佐藤", tags: ["翻訳", "web"], due: "2026-02-10",
            notes: "短くて分かりやすい言葉で。", comments: [(.john, "Sato-san, could you look at this?"), (.ann, "よさそうです！")]),
        task("Newsletter for February", .assigned, for: "ann", tags: ["newsletter"], due: "2026-02-01"),
        task(
            "Photo shoot 📷 at the roastery", .inProgress, for: "john.doe", tags: ["photos"], due: "2026-02-25",
            notes: "Ask for the key at the front desk.",
            checklist: [("Find a photographer", true), ("Choose the beans", true), ("Return the lamps", false)]),
        task("Price list for wholesale", .assigned, by: .john, tags: ["sales"], due: "2026-03-15"),
    ]

    private static let marketingCampaigns: JSONValue = [
        "spring-launch": campaign(
            "Spring launch 🌱", .running, budget: 12_000, spent: 3_600, channels: ["radio", "posters"]),
        "newsletter": campaign("Newsletter", .running, budget: 1_200, spent: 480, channels: ["mail"]),
        "été-2026": campaign("L’été au café", .planned, budget: 8_000, spent: 0, channels: ["terrasse", "presse"]),
        "日本": campaign("日本での発売", .planned, budget: 15_000, spent: 0, channels: ["ウェブ", "店舗"]),
        "winter": campaign("Winter warmers", .finished, budget: 5_000, spent: 5_000, channels: []),
    ]

    private static func campaign(
        _ name: String, _ status: CampaignStatus, budget: Int64, spent: Int64, channels: [String]
    ) -> JSONValue {
        let campaign: JSONValue = [
            "name": .string(name), "status": .string(status.rawValue), "budget": .integer(budget),
            "spent": .integer(spent), "currency": "EUR",
        ]
        guard !channels.isEmpty else { return campaign }
        return campaign.setting("channels", to: .object(channels.map { .init(key: $0, value: ["status": "booked"]) }))
    }
}
