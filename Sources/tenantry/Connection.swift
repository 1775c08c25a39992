import Cloudflare
import Glibc
import Logging

/// How the client reaches the endpoint: proxy, trusted certificates, and the log of its requests.
enum Connection {
  /// - Parameter logPath: the file that a line for each request is appended to; `nil` for none.
  /// - Throws: ``Problem``, whose text says what cannot be used and why.
  static func options(for endpoint: Endpoint, logPath: String?) throws(Problem) -> ClientOptions {
    var options = ClientOptions()
    do {
      options.proxy = try ProxySettings(environment: environment(of: proxyVariables)).proxy(for: endpoint)
      if endpoint.isSecure, let path = environment(of: ["SSL_CERT_FILE"])["SSL_CERT_FILE"] {
        options.trustRoots = try TrustRoots(pemFile: path)
      }
      if let logPath {
        let file = try LogFile(path: logPath)
        options.logger = Logger(label: "tenantry") { _ in FileLogHandler(file: file) }
      }
    } catch {
      throw Problem(text: "\(error)")
    }
    return options
  }

  private static let proxyVariables = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"]

  /// The variables of these names that are set and not empty.
  private static func environment(of names: [String]) -> [String: String] {
    var values: [String: String] = [:]
    for name in names {
      if let value = getenv(name), value.pointee != 0 { values[name] = String(cString: value) }
    }
    return values
  }
}
