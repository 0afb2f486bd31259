/// What the simulated colleagues write.
enum Phrases {
    static let tasks = [
        "Thank the volunteers", "Order new stickers", "Poster for the window", "Write the press release",
        "Check the invoices", "Video about latte art", "Update the FAQ", "Proofread the menu",
        "Étiquettes du café glacé",
        "Schild für die Theke", "新しい豆の説明文", "Compare the packaging", "Survey among customers 📋", "Fix the broken links",
        "Plan the tasting evening", "Answer the reviews",
    ]
    static let tags = ["q1", "urgent", "print", "web", "photos", "customers", "idea"]
    static let comments = [
        "Looks good to me 👍", "I would shorten the second sentence.", "Who can help me with this?", "Done on my side.",
        "Let us talk about it tomorrow.", "The customer likes it!", "Can we wait for the numbers?", "Très joli !",
        "お願いします。", "Ich schaue es mir heute an.",
    ]
    static let notes = [
        "Waiting for an answer.", "The supplier needs three days.", "Numbers are in the shared folder.",
        "Blue instead of green.", "Ask Sato-san about the wording.", "Second draft is better.", "Keep it short.",
        "Needs a picture.", "Prix à vérifier.", "Maße noch einmal prüfen.",
    ]
    static let orders = [
        "Acme Ltd: 90 mugs", "Müller GmbH: 2 grinders", "青空商事: 300 filters", "Café Lumière: 30 kg of beans",
        "Bäckerei Öztürk: 8 kettles", "Kahvila Äänekoski: 15 scales", "Acme Ltd: 12 espresso sets",
        "Müller GmbH: 45 milk jugs",
    ]
    static let people = ["ann", "john.doe", "佐藤"]
}
