import TreenityProtocol

/// Orders and campaigns.
extension Colleague {
    func advancingOrder(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        let open = WorkItem.items(in: [Workspace.orders], tree).filter { $0.status(OrderStatus.self)?.next != nil }
        guard let order = open.randomElement(using: &generator), let next = order.status(OrderStatus.self)?.next else {
            return nil
        }
        return order.setting(["status": .string(next.rawValue)])
    }

    /// A campaign begins, spends some of its budget, or ends; one that has ended is planned again.
    func runningCampaign(using generator: inout some RandomNumberGenerator, _ tree: (TreePath) -> JSONValue?) -> Step? {
        let campaigns = WorkItem.items(in: [Workspace.campaigns], tree)
        guard let campaign = campaigns.randomElement(using: &generator) else { return nil }
        switch campaign.status(CampaignStatus.self) {
        case .planned:
            return campaign.setting(["status": .string(CampaignStatus.running.rawValue)])
        case .running:
            return spending(on: campaign, using: &generator)
        case .finished:
            return campaign.setting(["status": .string(CampaignStatus.planned.rawValue), "spent": 0])
        case nil:
            return nil
        }
    }

    private func spending(on campaign: WorkItem, using generator: inout some RandomNumberGenerator) -> Step? {
        guard let budget = campaign.node.property("budget")?.integer,
            let spent = campaign.node.property("spent")?.integer,
            budget > 0, spent >= 0
        else { return nil }
        let share = max(1, budget / Int64.random(in: 8...40, using: &generator))
        guard spent < budget - share else {
            return campaign.setting(["status": .string(CampaignStatus.finished.rawValue), "spent": .integer(budget)])
        }
        return campaign.setting(["spent": .integer(spent + share)])
    }
}
