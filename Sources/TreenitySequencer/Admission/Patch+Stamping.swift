public import TreenityProtocol

extension Sender {
    /// Whose patch it is: the known user, else the claimed one.
    public func user(of patch: Patch?) -> String { user(claiming: patch?.claimedUser) }

    /// Whose patch it is that claims to be of some user.
    func user(claiming claim: String?) -> String { user ?? claim ?? Sender.unknownUser }
}

extension Patch {
    /// Whose it says that it is.
    var claimedUser: String? { meta?.stringMember("user") }

    /// The patch as the server takes it: with a timestamp that its clock allows, and with its sender in `meta`.
    ///
    /// - Parameter claim: what ``claimedUser`` says.
    func stamped(by sender: Sender, claiming claim: String?, now: Timestamp) -> Patch {
        var patch = self
        let claimed = timestamp ?? now
        let isAhead = claimed.milliseconds > now.milliseconds + Sequencer.clockTolerance
        patch.timestamp = isAhead ? now : claimed
        patch.meta = signedMeta(sender.user(claiming: claim), claim, sender.session)
        return patch
    }

    /// `meta` with the two members that are the server's, and all others as they came.
    private func signedMeta(_ user: String, _ claim: String?, _ session: String?) -> JSONValue {
        // As it mostly is.
        if let meta, let session, let claim, claim.hasSameBytes(as: user), !meta.hasMember("session") {
            return meta.appending("session", session)
        }
        var members = meta?.members ?? []
        members.set("user", to: user)
        members.set("session", to: session)
        return .object(members)
    }
}

extension [JSONValue.Member] {
    fileprivate mutating func set(_ key: String, to string: String?) {
        let place = firstIndex { $0.key == key }
        switch (string, place) {
        case (let string?, let place?): self[place].value = .string(string)
        case (let string?, nil): append(Element(key: key, value: .string(string)))
        case (nil, let place?): remove(at: place)
        case (nil, nil): break
        }
    }
}
