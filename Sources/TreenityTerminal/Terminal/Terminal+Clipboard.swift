internal import CNcurses

extension Terminal {
    /// Asks the terminal to put text into the clipboard of whoever sits before it, over any distance (xterm's OSC 52).
    /// Whether it does so, it does not say.
    ///
    /// Within tmux the request goes out twice, for tmux itself (`set-clipboard on`) and for the terminal around it
    /// (`allow-passthrough on`); within GNU screen, for the terminal around it, in pieces that screen lets through.
    public func copy(_ text: String) {
        guard isHeld else { return }
        let request = "\u{1B}]52;c;\(Terminal.base64(text.utf8))"
        write(request + "\u{7}")
        if isInTmux { write("\u{1B}Ptmux;\u{1B}\(request)\u{7}\u{1B}\\") }
        if isInScreen { write(Terminal.passedOnByScreen(request + "\u{7}")) }
    }

    /// What makes GNU screen send ASCII text on to its terminal: strings of at most 255 bytes.
    nonisolated static func passedOnByScreen(_ text: String) -> String {
        var wrapped = ""
        var rest = Substring(text)
        while !rest.isEmpty {
            wrapped += "\u{1B}P\(rest.prefix(255))\u{1B}\\"
            rest = rest.dropFirst(255)
        }
        return wrapped
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cn_write($0.baseAddress, $0.count) }
        }
    }

    /// RFC 4648, §4.
    nonisolated static func base64(_ bytes: some Collection<UInt8>) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                encoded.append(digit <= group.count ? alphabet[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
