import Cloudflare

/// The only place that waits: carries effects out, and turns what comes of them into actions.
@MainActor
final class EffectRunner {
  private var services: Services
  private let terminal: any TerminalControl
  private let send: @MainActor (Action) -> Void
  private var running: [EffectIdentity: Run] = [:]
  private var started = 0

  private struct Run {
    var number: Int
    var task: Task<Void, Never>
  }

  init(
    session: Session, services: Services, terminal: any TerminalControl, send: @escaping @MainActor (Action) -> Void
  ) {
    self.services = services
    if session.writing != .enabled { self.services.journal = ClosedJournal(journal: services.journal) }
    self.terminal = terminal
    self.send = send
  }

  func run(_ effect: Effect) {
    switch effect {
    case .cancel(let identity):
      running.removeValue(forKey: identity)?.task.cancel()
    case .terminal(let request):
      switch request {
      case .discardTypedAhead: terminal.discardTypedAhead()
      case .redraw: terminal.redraw()
      case .suspend: terminal.suspend()
      case .quit: terminal.stop()
      }
    default:
      start(effect)
    }
  }

  private func start(_ effect: Effect) {
    guard let identity = effect.identity else { return }
    running[identity]?.task.cancel()
    started += 1
    let number = started
    let task = Task {
      let action = await answer(to: effect)
      // A newer effect of the same identity has taken this one's place: its answer counts, not this one.
      guard running[identity]?.number == number else { return }
      running[identity] = nil
      if let action { send(action) }
    }
    running[identity] = Run(number: number, task: task)
  }

  private var writer: WriteRunner { WriteRunner(service: services.accounts, journal: services.journal) }

  private func answer(to effect: Effect) async -> Action? {
    let service = services.accounts
    switch effect {
    case .loadPage(let query, let priority, let token):
      let result = await attempt { () throws(CloudflareError) in try await service.list(query, priority: priority) }
      return .browse(.pageAnswered(page: query.page, token: token, result))
    case .find(let request, let perPage, let token):
      let result = await attempt { () throws(CloudflareError) in
        switch request {
        case .name(let name): try await service.list(ListQuery(page: 1, perPage: perPage, name: name))
        case .identifier(let id): AccountPage(accounts: [try await service.get(id: id)])
        }
      }
      return .find(.answered(token: token, result))
    case .loadAccount(let id, let priority, let token):
      let result = await attempt { () throws(CloudflareError) in try await service.get(id: id, priority: priority) }
      return .browse(.accountAnswered(id: id, token: token, result))
    case .readDeletionTarget(let id, let token):
      let result = await attempt { () throws(CloudflareError) in try await service.get(id: id).named() }
      return .delete(.accountRead(token: token, result))
    case .readDeletionDuplicateNames(let name, let token):
      let query = DuplicateNameSearch.query(for: name)
      let result = await attempt { () throws(CloudflareError) in try await service.list(query) }
      return .delete(.duplicateNamesRead(token: token, result))
    case .findDuplicateNames(let name, let token):
      let query = DuplicateNameSearch.query(for: name)
      let result = await attempt { () throws(CloudflareError) in try await service.list(query) }
      return .create(.duplicateNamesFound(name: name, token: token, result))
    case .readEditTarget(let id, let token):
      let result = await attempt { () throws(CloudflareError) in try await service.get(id: id).named() }
      return .change(.accountRead(token: token, result))
    case .readTenancy(let token):
      return .create(.tenancyRead(token: token, await TenancyReader(identity: service).read()))
    case .write(let intent, let token, let checks):
      await writer.carryOut(intent, token: token, checks: checks, send: send)
      return nil
    case .readJournal(let token):
      return .activity(.journalRead(token: token, await writer.readJournal()))
    case .readListCache(let token):
      return .listCache(.read(token: token, await services.cache?.read() ?? .nothing))
    case .keepList(let list):
      guard let cache = services.cache else { return nil }
      let problem = await Task.detached { await cache.keep(CachedList(list)) }.value
      return problem.map { .listCache(.notKept($0)) }
    case .recordOutcome(let id, let outcome):
      return await writer.record(outcome, of: id)
    case .resolve(let request, let token):
      let resolution = await WriteResolver(service: service).read(request)
      return .activity(.resolved(request.intent.id, token: token, resolution))
    case .verifyDeletion(let id, let token):
      let result = await attempt { () throws(CloudflareError) in try await service.get(id: id) }
      return .delete(.verified(token: token, result))
    case .loadInventory(let request):
      return .inventory(.answered(request, await InventoryReader(inventory: services.inventory).answer(to: request)))
    case .loadRawAccount(let id, let token):
      let inventory = services.inventory
      let result = await attempt { () throws(CloudflareError) in try await inventory.rawAccount(accountID: id) }
      return .raw(.answered(token: token, result))
    case .wait(_, let duration, let action):
      do {
        try await Task.sleep(for: duration)
        return action
      } catch {
        return nil
      }
    case .copy(let copied):
      if let program = await services.clipboard?.copy(copied.text) {
        return .clipboard(.copied(copied, .program(program)))
      }
      let isOffered = terminal.copy(copied.text)
      return .clipboard(.copied(copied, isOffered ? .terminal(note: services.clipboard?.terminalNote) : nil))
    case .openAddress(let address):
      return .clipboard(.opened(address, await services.browser?.open(address) ?? false))
    case .cancel, .terminal:
      return nil
    }
  }
}

/// What a call ends with, as a value.
func attempt<Success: Sendable>(
  isolation: isolated (any Actor)? = #isolation, _ call: () async throws(CloudflareError) -> Success
) async -> Result<Success, CloudflareError> {
  do throws(CloudflareError) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}

/// What the console asks of the terminal it runs in.
@MainActor
public protocol TerminalControl: AnyObject {
  func discardTypedAhead()
  func redraw()
  func suspend()
  /// Offers a text to the terminal for its clipboard.
  ///
  /// - Returns: whether it was offered; whether it was taken, terminals do not tell.
  func copy(_ text: String) -> Bool
  /// Ends the event loop.
  func stop()
}
