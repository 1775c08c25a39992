import Cloudflare
import Logging

/// How the client reaches the endpoint: proxy, trusted certificates, and the log of its requests.
enum Connection {
  /// - Parameter logPath: the file that a line for each request is appended to; `nil` for none.
  /// - Throws: ``Problem``, whose text says what cannot be used and why.
  static func options(
    for endpoint: Endpoint, logPath: String?, _ environment: (String) -> String?
  ) throws(Problem) -> ClientOptions {
    var options = ClientOptions()
    do {
      let proxies = (proxyVariables + ["no_proxy", "NO_PROXY"]).compactMap { name in
        variable(name, in: environment).map { (name, $0) }
      }
      options.proxy = try ProxySettings(environment: Dictionary(uniqueKeysWithValues: proxies)).proxy(for: endpoint)
      if endpoint.isSecure, let path = variable("SSL_CERT_FILE", in: environment) {
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

  /// In the order in which they count.
  static let proxyVariables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
}
