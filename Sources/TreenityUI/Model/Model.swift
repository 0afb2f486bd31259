import TreenityProtocol
import TreenityStore

/// The whole user interface as a value: events go in, effects and pictures come out.
///
/// It reads no clock and knows neither terminal nor network. Feed it everything that is at hand with ``update(_:)``,
/// perform the effects, then draw ``view()`` once.
public struct Model: Sendable {
    var settings: Settings
    let keymap: Keymap

    var replica = OptimisticReplica()
    var outline: Outline
    var marks = ChangeMarks()
    var feed = Feed()
    /// The screen stands still, and shows what was.
    var frozen: Frozen?
    var discarded = Discarded()
    /// The property that the user chose last in the inspector.
    var chosenProperty: Name?
    var acts = Acts()
    var editing = EditingState()
    /// Edits made while a key is handled, to be sent.
    var outbox: [NetworkEffect] = []
    var finder = Finder()
    /// The place that is kept for the next run, and when it was looked at last.
    var placeKept = (place: KeptPlace?.none, at: Timestamp(milliseconds: 0))
    var found: FoundElsewhere?

    var connection = ConnectionStatus.connecting(attempt: 1)
    var traffic = Traffic()
    var presences: [Presence] = []
    var announcement = Announcement()
    /// The newest place in the server's order that has been applied.
    var seq: SequenceNumber?
    var toldSeq = ToldNumber(SequenceNumber?.none)
    /// Where the feed's history ends.
    var toldEnd = ToldNumber(0)
    /// The server's clock less ours, in milliseconds.
    var clockSkew: Int64 = 0
    var isLoading = false
    var loading = Loading()
    /// What happened while there was no connection, as long as that comes in.
    var absence: Absence?
    var hasLoaded = false

    var size = Size(columns: 80, rows: 24)
    var layout = Layout()
    var focus = Pane.tree
    /// On a narrow screen: the inspector stands over the tree.
    var opensInspector = false

    var dialog: Dialog?
    var notice: Notice?
    var keys = KeySequence()
    /// When the last of them was pressed.
    var keysPressed = Timestamp(milliseconds: 0)
    var pointer = Pointer()
    var now = Timestamp(milliseconds: 0)
    /// When what is under the cursor last became something else.
    var cursorDisturbed = Timestamp(milliseconds: 0)
    private var idCount = 0

    /// An interface without a tree yet.
    public init(settings: Settings) {
        self.settings = settings
        keymap = Keymap.standard.assigning(settings.keys)
        feed.change { ($0.muted, $0.filter) = (settings.muted, settings.feedFilter) }
        outline = Outline(root: replica.tree.root)
        outline.sorted.order = settings.order
        outline.showsProperties = settings.showsProperties
    }

    /// Whether the terminal is to report the mouse.
    public var usesMouse: Bool { settings.usesMouse }

    /// The tree that is shown.
    var tree: Replica { frozen?.tree ?? replica.tree }

    /// Takes in a batch of events, in order.
    ///
    /// - Returns: what is to be done for them, in order.
    /// - Complexity: O(size of the events) and O(height of the screen), whatever the size of the tree.
    public mutating func update(_ events: [Event]) -> [Effect] {
        var effects: [Effect] = []
        for event in events {
            switch event {
            case .clock(let now): effects += clock(now)
            case .terminal(let event):
                // The tree may have become another one within the batch.
                outline.repair(in: tree)
                effects += terminal(event)
            case .connection(let event): effects += connection(event)
            case .exported(let file, let count, let problem): exported(file, count: count, problem: problem)
            case .kept(let event): effects += kept(event)
            case .editing(let event): effects += editing(event)
            case .theme(let name, let result): themeCame(name, result)
            }
        }
        let unfinished = proceed()
        // While something else takes its place, the tree stays as it was.
        outline.arrange(height: frames.tree?.rows ?? outline.height, in: tree)
        showResult()
        toldSeq.tell(seq, at: now)
        toldEnd.tell(feed.history.end.number, at: now)
        effects += sendShared()
        arrangeEditor()
        let place = keepPlace(atEnd: effects.contains(.quit))
        return place + effects + wanted() + announce() + unfinished + kept() + keepDrafts()
    }

    /// Goes on with what is done a slice at a time, so that no key waits for it.
    private mutating func proceed() -> [Effect] {
        travel()
        outline.repair(in: tree)
        feed.proceed()
        discarded.proceed()
        let isSearching = searchHistory()
        let isFinding = proceedFinding()
        let isTidying = !discarded.isEmpty
        return frozen?.target != nil || feed.isScanning || isFinding || isSearching || isTidying ? [.proceed] : []
    }

    /// Whether there are edits that the server has not answered.
    public var hasUnsentEdits: Bool { !replica.pending.isEmpty }

    var frames: Layout.Frames { layout.frames(size, opensInspector: opensInspector || focus == .inspector) }

    mutating func clock(_ now: Timestamp) -> [Effect] {
        self.now = now
        traffic.clock(now)
        _ = marks.expire(at: now)
        return forgetUnanswered()
    }

    private mutating func terminal(_ event: TerminalEvent) -> [Effect] {
        switch event {
        case .key(let key): return press(key)
        case .pasted(let text):
            paste(text)
            return []
        case .mouse(let mouse): return point(mouse)
        case .background(let color): return backgroundIs(color)
        case .resized(let size):
            self.size = size
            outline.mayScroll = true
            return []
        case .resumed: return [.terminal(.redraw)]
        case .closed: return keepDrafts(atOnce: true) + [.quit]
        }
    }

    mutating func nextID() -> String {
        idCount += 1
        return "\(settings.idPrefix)-\(idCount)"
    }
}
