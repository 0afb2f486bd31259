import Foundation
import TreenityConfiguration
import TreenityUI

/// The themes that this program finds.
enum Themes {
    static func files(_ environment: [String: String]) -> ThemeFiles {
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ThemeFiles(environment: environment, program: program)
    }

    /// A theme by its name, or what is wrong with it.
    static func find(_ name: String) -> Result<Theme, Setting.Problem> {
        do {
            return .success(try files(ProcessInfo.processInfo.environment).theme(name))
        } catch {
            return .failure(Setting.Problem(description: error.description))
        }
    }
}
