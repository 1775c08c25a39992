import NIOHTTP1
import Testing

@testable import Cloudflare

@Suite("Retry-After")
struct RetryAfterTests {
  @Test(
    "All three forms of an HTTP date are read",
    arguments: [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
  func dates(text: String) {
    #expect(HTTPDate.parse(text) == 784_111_777)
  }

  @Test(
    "Days are counted over leap years and centuries",
    arguments: [
      (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (2024, 12, 31, 20_088), (2100, 3, 1, 47_541),
      (1969, 12, 31, -1),
    ])
  func days(year: Int64, month: Int, day: Int64, days: Int64) {
    #expect(CivilTime.days(year: year, month: month, day: day) == days)
  }

  @Test(
    "What is no date is none",
    arguments: [
      "", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 66 Nov 1994 08:49:37 GMT",
      "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
    ])
  func noDates(text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }

  private func read(_ text: String, date: String? = nil) -> Duration? {
    var headers: HTTPHeaders = ["retry-after": text]
    if let date { headers.add(name: "date", value: date) }
    return RetryAfter.read(headers, now: 784_111_777)
  }

  @Test("Seconds and dates are read, and a date is compared with the answer's own clock")
  func forms() {
    #expect(read("0") == .zero)
    #expect(read("120") == .seconds(120))
    #expect(read("Sun, 06 Nov 1994 08:50:07 GMT") == .seconds(30))
    #expect(read("Sun, 06 Nov 1994 08:50:07 GMT", date: "Sun, 06 Nov 1994 08:50:00 GMT") == .seconds(7))
    #expect(read("Sun, 06 Nov 1994 08:00:00 GMT") == .zero)
  }

  @Test("What cannot be read is ignored, and what is endless is bounded")
  func odd() {
    #expect(read("") == nil)
    #expect(read("-1") == nil)
    #expect(read("1.5") == nil)
    #expect(read("soon") == nil)
    #expect(read("99999999999999999999999") == RetryAfter.limit)
    #expect(read("Sun, 06 Nov 9994 08:50:07 GMT") == RetryAfter.limit)
    #expect(RetryAfter.read([:], now: 0) == nil)
  }
}

@Suite("Retry policy")
struct RetryPolicyTests {
  private let policy = RetryPolicy(ClientOptions())

  private func wait(
    _ error: CloudflareError, _ method: APIRequest.Method = .get, attempt: Int = 1, timeLeft: Duration = .seconds(100),
    jitter: Double = 1
  ) -> Duration? {
    policy.wait(after: error, method: method, attempt: attempt, timeLeft: timeLeft, jitter: jitter)
  }

  @Test(
    "Only 408, 429 and 5xx are tried again",
    arguments: [
      (400, false), (401, false), (403, false), (404, false), (408, true), (409, false), (422, false), (429, true),
      (499, false), (500, true), (502, true), (524, true), (599, true), (301, false), (200, false),
    ])
  func statuses(status: Int, isTriedAgain: Bool) {
    for cause in [CloudflareError.Cause.refused, .serverFault, .edge] {
      #expect((wait(CloudflareError(cause, status: status)) != nil) == isTriedAgain)
    }
  }

  @Test("Lost connections are tried again; timeouts, cancellations and unreadable answers are not")
  func causes() {
    #expect(wait(CloudflareError(.unreachable(""))) != nil)
    #expect(wait(CloudflareError(.interrupted(""))) != nil)
    #expect(wait(CloudflareError(.timedOut)) == nil)
    #expect(wait(CloudflareError(.cancelled)) == nil)
    #expect(wait(CloudflareError(.unreadable(""))) == nil)
    #expect(wait(CloudflareError(.invalidRequest(""))) == nil)
  }

  @Test("Nothing but GET is ever tried again", arguments: [APIRequest.Method.post, .put, .delete])
  func writes(method: APIRequest.Method) {
    for cause in [CloudflareError.Cause.unreachable(""), .interrupted(""), .refused, .serverFault, .edge] {
      #expect(wait(CloudflareError(cause, status: 503, retryAfter: .zero), method) == nil)
    }
  }

  @Test("The wait grows by doubling up to its limit, and jitter takes any part of it")
  func backoff() {
    let error = CloudflareError(.serverFault, status: 500)
    var patient = policy
    patient.tries = 100
    let waits = (1...8).map { patient.wait(after: error, method: .get, attempt: $0, timeLeft: .seconds(99), jitter: 1) }
    #expect(waits == [0.5, 1, 2, 4, 8, 8, 8, 8].map { Duration.seconds($0) })
    #expect(wait(error, jitter: 0) == .zero)
    #expect(wait(error, jitter: 0.5) == .milliseconds(250))
    #expect(wait(error, jitter: 7) == .milliseconds(500))
  }

  @Test("It stops at three tries")
  func tries() {
    let error = CloudflareError(.serverFault, status: 500)
    #expect(wait(error, attempt: 2) != nil)
    #expect(wait(error, attempt: 3) == nil)
  }

  @Test("Retry-After goes before a shorter backoff, and is reported when it is beyond 60 s or the deadline")
  func retryAfter() {
    func error(_ seconds: Int) -> CloudflareError {
      CloudflareError(.refused, status: 429, retryAfter: .seconds(seconds))
    }
    #expect(wait(error(7)) == .seconds(7))
    #expect(wait(error(0)) == .milliseconds(500))
    #expect(wait(error(60)) == .seconds(60))
    #expect(wait(error(61)) == nil)
    #expect(wait(error(7), timeLeft: .seconds(7)) == nil)
    #expect(wait(error(7), timeLeft: .seconds(8)) == .seconds(7))
    #expect(wait(error(0), timeLeft: .milliseconds(400)) == nil)
  }
}
