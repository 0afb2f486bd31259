/// What a campaign is doing.
enum CampaignStatus: String, CaseIterable, Sendable {
    case planned, running, finished
}
