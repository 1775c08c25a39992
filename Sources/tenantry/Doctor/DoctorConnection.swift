import Cloudflare
import FoundationEssentials

/// Whether the endpoint can be reached, how, and what its clock says.
struct DoctorConnection: Sendable {
  private(set) var findings: [DoctorFinding] = []
  private(set) var isReachable = false

  static func examine(_ setup: DoctorSetup) async -> DoctorConnection {
    var connection = DoctorConnection()
    guard let endpoint = setup.endpoint, let options = setup.options else {
      connection.add(.note, "endpoint", "not asked: what is wrong under Configuration has to be mended first")
      // Nothing can be said against it.
      connection.isReachable = true
      return connection
    }
    do throws(CloudflareError) {
      connection.add(try await ConnectionCheck(endpoint: endpoint, options: options).run(), now: .now)
      connection.isReachable = true
    } catch {
      connection.add(.problem, "endpoint", error.explanation, remedy: error.nextStep)
    }
    return connection
  }

  mutating func add(_ report: ConnectionCheck.Report, now: Date) {
    let time = report.duration.components
    let milliseconds = time.seconds * 1_000 + time.attoseconds / 1_000_000_000_000_000
    add(.fine, "endpoint", "answers after \(milliseconds) ms")
    if let encryption = report.encryption {
      let issuer = encryption.issuer.map { " of \($0)" } ?? ""
      let day = encryption.expiresOn.formatted(.iso8601.year().month().day())
      let text = "\(encryption.version ?? "yes"), certificate\(issuer) until \(day)"
      let daysLeft = encryption.expiresOn.timeIntervalSince(now) / 86_400
      add(daysLeft < 3 ? .note : .fine, "TLS", text)
    } else {
      add(.note, "TLS", "none: plain HTTP to this machine")
    }
    guard let skew = report.clockSkew else { return add(.note, "clock", "the server does not tell its time") }
    let seconds = Int(abs(skew).rounded())
    if seconds <= 5 { return add(.fine, "clock", "agrees with the server's") }
    add(
      .note, "clock", "\(seconds) s \(skew > 0 ? "behind" : "ahead of") the server's",
      remedy:
        "Set it by the network (timedatectl set-ntp true): ages and the times of the journal are wrong by as much.")
  }

  private mutating func add(_ grade: DoctorFinding.Grade, _ subject: String, _ text: String, remedy: String? = nil) {
    findings.append(DoctorFinding(grade, subject, text, remedy: remedy))
  }
}
