@testable import TreenityWebSocket

/// A frame as a server sends it.
func frame(_ kind: Frame.Kind, _ payload: [UInt8], isLast: Bool = true) -> Frame {
    Frame(kind: kind, isLast: isLast, payload: payload)
}

func frame(_ kind: Frame.Kind, _ text: String, isLast: Bool = true) -> Frame {
    frame(kind, Array(text.utf8), isLast: isLast)
}

/// The first frame of a compressed message.
func deflated(_ kind: Frame.Kind, _ payload: [UInt8], isLast: Bool = true) -> Frame {
    Frame(kind: kind, isLast: isLast, isCompressed: true, payload: payload)
}
