import TreenityProtocol

extension Workspace {
    static let website: JSONValue = ["title": "Website", "tasks": numbered(websiteTasks, from: 109)]

    private static let websiteTasks: [JSONValue] = [
        task(
            "Search on the shop page", .inProgress, by: .john, for: "john.doe", tags: ["shop"], due: "2026-02-28",
            notes: "“cafe” should find “café”.",
            checklist: [("Index the names", true), ("Accents", false), ("Japanese", false)]),
        task(
            "Pages load too slowly on phones", .assigned, by: .john, for: "john.doe", tags: ["speed", "mobile"],
            due: "2026-03-08", notes: "Three seconds on the train."),
        task("Picture of the month 🖼️", .assigned, tags: ["photos"], due: "2026-02-05"),
        task(
            "Cookie notice", .review, by: .john, for: "ann", tags: ["legal"], due: "2026-01-31",
            notes: "No cookies, no notice?", comments: [(.ann, "I would love that.")]),
        task("Opening hours in three languages", .inProgress, for: "佐藤", tags: ["翻訳"], due: "2026-02-12"),
    ]

    static let tasksInReview: JSONValue = numbered(
        [
            task(
                "Label for the decaf", .review, for: "ann", tags: ["druck"],
                comments: [(.john, "The blue is too dark.")]),
            task("Shipping costs to Japan 🇯🇵", .review, by: .john, for: "佐藤", tags: ["shop"]),
        ], from: 99)

    static let completedTasks: JSONValue = numbered(
        [
            task("Business cards", .completed, for: "ann", tags: ["druck"]),
            task(
                "New logo", .completed, by: .john, for: "john.doe", tags: ["brand"], notes: "The third version it is."),
            task("Domain names", .completed, by: .john, for: "john.doe", tags: ["web"]),
            task("Fête de Noël 🎄", .completed, for: "ann", tags: ["événement"]),
            task("Contract with the roastery", .completed, for: "john.doe", tags: ["legal"]),
        ], from: 94)
}
