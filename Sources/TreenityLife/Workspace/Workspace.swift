public import TreenityProtocol

/// A small office to look at: what `tree` holds in the demo beside the machine.
public enum Workspace {
    /// The members of the root: `spaces` and `tasks`.
    public static let initial: JSONValue = [
        "spaces": [
            "marketing": marketing,
            "sales": sales,
            "ops": [
                "runbooks": [
                    "deploy": [
                        "title": "Deploying", "status": "reviewed", "steps": ["build", "test", "ship", "watch"],
                    ],
                    "restore": ["title": "Restoring from a backup", "status": "draft"],
                    "on-call": ["title": "Who is on call", "value": "john.doe", "until": "Friday"],
                ],
                "incidents": [
                    "2041": ["title": "Slow checkout", "status": "closed", "minutes": 37],
                    "2042": ["title": "Mail queue grows", "status": "watching", "minutes": 12],
                ],
            ],
            "東京": [
                "label": "Tokyo office",
                "会議室": ["name": "Meeting room", "status": "free", "seats": 8],
                "お知らせ": ["title": "新しいオフィスへようこそ"],
            ],
            "café ☕": ["label": "The corner by the window", "beans": "Yirgacheffe", "open": true],
        ],
        "tasks": [
            "review": [
                "88": ["name": "Read the contract", "status": "review", "assignee": "ann"],
                "91": ["name": "Check the translations", "status": "review", "assignee": "john.doe"],
            ],
            "completed": ["73": ["name": "Order chairs", "status": "completed", "assignee": "ann"]],
        ],
    ]

    private static let marketing: JSONValue = [
        "label": "Marketing",
        "tasks": [
            "97": task("Press kit", "review", "john.doe", ["press"]),
            "98": task("Fair in Hannover", "in-progress", "ann", ["fair", "q2"]),
            "101": [
                "name": "Campaign Planning", "status": "assigned", "assignee": "john.doe", "due": "2026-12-04",
                "tags": ["q4", "launch"], "notes": "Call the printer about the large posters before Thursday.",
                "checklist": [
                    "1": ["name": "Budget", "done": true], "2": ["name": "Posters", "done": false],
                    "3": ["name": "Radio", "done": false],
                ],
            ],
            "102": task("Landing page", "assigned", "ann", ["web"]),
            "103": task("Newsletter for December", "assigned", "ann", ["mail"]),
        ],
        "campaigns": [
            "autumn": ["title": "Autumn leaves", "status": "running", "budget": 12_000, "spent": 7_340],
            "winter": ["title": "Winter lights", "status": "planned", "budget": 20_000, "spent": 0],
        ],
        "archive": [:],
    ]

    private static let sales: JSONValue = [
        "label": "Sales",
        "orders": [
            "15": ["name": "Müller & Søn", "status": "open", "total": 1_290, "items": ["lamp", "lamp", "desk"]],
            "16": ["name": "Café Łódź", "status": "packed", "total": 84],
            "17": ["name": "株式会社ミドリ", "status": "open", "total": 5_400],
        ],
        "leads": [
            "north": ["name": "Fjord Books", "state": "called", "value": 3_000],
            "south": ["name": "Olive & Oak", "state": "new", "value": 900],
        ],
    ]

    static func task(_ name: String, _ status: String, _ assignee: String, _ tags: [String]) -> JSONValue {
        [
            "name": .string(name), "status": .string(status), "assignee": .string(assignee),
            "tags": .array(tags.map(JSONValue.string)),
        ]
    }
}
