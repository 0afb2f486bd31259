import Testing

@testable import TreenityUI

@Suite("Settings by name")
struct SettingTests {
    private let settings = Settings(address: "ws://test", user: "me", idPrefix: "id")

    @Test("each takes the value that it has, typed anew, and is called like no other")
    func roundTrip() throws {
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
        for setting in Setting.all {
            var changed = settings
            try setting.apply(setting.value(of: setting.text(in: settings)), to: &changed)
            #expect(setting.text(in: changed) == setting.text(in: settings), "\(setting.name)")
        }
    }

    @Test("are changed by a text of their kind")
    func kinds() throws {
        var changed = settings
        for (name, text) in [("ascii", "on"), ("order", "recent"), ("row", "name, load"), ("theme", "gruvbox")] {
            let setting = try #require(Setting.named(name))
            try setting.apply(setting.value(of: text), to: &changed)
        }
        #expect(changed.glyphs == .ascii)
        #expect(changed.order == .recent)
        #expect(changed.tellingProperties == ["name", "load"])
        #expect(changed.themeName == "gruvbox")
    }

    @Test("say what is allowed where a text does not fit")
    func problems() throws {
        let order = try #require(Setting.named("order"))
        #expect(throws: Setting.Problem(description: "order is one of natural, received, recent; not “best”")) {
            try order.value(of: "best")
        }
        let row = try #require(Setting.named("row"))
        var changed = settings
        #expect(throws: Setting.Problem(description: "row has “name” twice")) {
            try row.apply(.words(["name", "name"]), to: &changed)
        }
    }

    @Test("the time of day goes where it is not wanted, and with it all that is written while nothing happens")
    func clock() {
        var person = Person()
        person.model.settings.showsClock = false
        let before = person.model.view()
        person.wait(milliseconds: 5_000)
        #expect(person.model.view() == before)
    }

    @Test("a filter of the patches holds from the start, and a wrong one is said")
    func filter() throws {
        var settings = settings
        try settings.filterFeed("by:ann")
        #expect(Model(settings: settings).feed.scope.filter?.text == "by:ann")
        #expect(throws: Setting.Problem.self) { try settings.filterFeed("op:PAINT") }
    }
}
