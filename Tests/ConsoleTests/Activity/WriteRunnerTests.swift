import Cloudflare
import FoundationEssentials
import Testing

@testable import Console

@Suite("Carrying writes out") @MainActor
struct WriteRunnerTests {
  @Test("a confirmation that names another account is not trusted")
  func wrongAccount() async throws {
    let service = ListedService((0..<5).map { Fixture.account($0) })
    service.change { $0.confirmedDeletion = Fixture.id(4) }
    let intent = ActivityFixture.intent("d", minutesAgo: 0, .delete(Fixture.id(3), name: "Account 3"))
    var outcomes: [WriteOutcome] = []
    var answers: [Result<DeletedAccount?, CloudflareError>] = []
    await WriteRunner(service: service, journal: MemoryJournal()).carryOut(intent, token: RequestToken(number: 1)) {
      if case .activity(.answered("d", let outcome)) = $0 { outcomes.append(outcome) }
      if case .delete(.answered(_, let result)) = $0 { answers.append(result) }
    }
    #expect(outcomes.map(\.kind) == [.unknown])
    #expect(throws: CloudflareError.self) { try answers.first?.get() }
    #expect(service.writes == ["DELETE \(Fixture.id(3))"])
  }
}
