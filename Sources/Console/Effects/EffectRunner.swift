import Cloudflare

/// Runs effects and sends their answers. It is the only place that awaits.
@MainActor
final class EffectRunner {
  private var services: Services
  private let terminal: any TerminalControl
  private let send: @MainActor (Answer) -> Void
  private var running: [EffectID: Run] = [:]
  private var started = 0

  private struct Run {
    var number: Int
    var task: Task<Void, Never>
  }

  init(
    session: Session, services: Services, terminal: any TerminalControl, send: @escaping @MainActor (Answer) -> Void
  ) {
    self.services = services
    if session.writing != .enabled { self.services.journal = ClosedJournal(journal: services.journal) }
    self.terminal = terminal
    self.send = send
  }

  func run(_ effect: Effect) {
    switch effect {
    case .cancel(let id): running.removeValue(forKey: id)?.task.cancel()
    case .terminal(.discardTypedAhead): terminal.discardTypedAhead()
    case .terminal(.redraw): terminal.redraw()
    case .terminal(.suspend): terminal.suspend()
    case .terminal(.quit): terminal.stop()
    default: start(effect)
    }
  }

  private func start(_ effect: Effect) {
    guard let id = effect.id else { return }
    running[id]?.task.cancel()
    started += 1
    let number = started
    let task = Task {
      let answer = await answer(to: effect)
      // The answer is dropped if the effect was cancelled or replaced by a newer one.
      guard running[id]?.number == number else { return }
      running[id] = nil
      if let answer { send(answer) }
    }
    running[id] = Run(number: number, task: task)
  }

  private func answer(to effect: Effect) async -> Answer? {
    let service = services.accounts
    let writer = WriteRunner(service: service, journal: services.journal)
    switch effect {
    case .loadPage(let query, let priority):
      return .page(
        query.page,
        await attempt { () throws(CloudflareError) in try await service.list(query, priority: priority) })
    case .search(let request, let perPage):
      return .search(
        await attempt { () throws(CloudflareError) in
          switch request {
          case .name(let name): try await service.list(ListQuery(page: 1, perPage: perPage, name: name))
          case .identifier(let id): AccountPage(accounts: [try await service.get(id: id)])
          }
        })
    case .readAccount(let id, let reader, let priority):
      return .account(
        reader, id,
        await attempt { () throws(CloudflareError) in
          let account = try await service.get(id: id, priority: priority)
          // An account to be written needs a name that can be shown and sent.
          return reader == .edit || reader == .deletion ? try account.named() : account
        })
    case .readDuplicateNames(let name, let reader):
      let query = DuplicateNameSearch.query(for: name)
      return .duplicateNames(
        reader, name: name, await attempt { () throws(CloudflareError) in try await service.list(query) })
    case .readTenancy: return .tenancy(await TenancyReader(identity: service).read())
    case .readInventory(let request):
      return .inventory(request, await InventoryReader(inventory: services.inventory).answer(to: request))
    case .readJSON(let id):
      let inventory = services.inventory
      return .json(
        await attempt { () throws(CloudflareError) in try await inventory.rawAccount(accountID: id) })
    case .write(let intent, let checks):
      await writer.carryOut(intent, checks: checks) { send(.write($0)) }
      return nil
    case .record(let id, let outcome): return .write(await writer.record(outcome, of: id))
    case .readJournal: return .journal(await writer.readJournal())
    case .resolve(let request):
      return .lookUp(request.intent.id, await WriteResolver(service: service).read(request))
    case .readListCache: return .listCache(await services.cache?.read() ?? .nothing)
    case .keepList(let list):
      guard let cache = services.cache else { return nil }
      let problem = await Task.detached { await cache.keep(CachedList(list)) }.value
      return problem.map(Answer.listNotKept)
    case .wait(let id, let duration):
      do { try await Task.sleep(for: duration) } catch { return nil }
      return .elapsed(id)
    case .copy(let text):
      if let program = await services.clipboard?.copy(text.text) { return .copied(text, .program(program)) }
      let isOffered = terminal.copy(text.text)
      return .copied(text, isOffered ? .terminal(note: services.clipboard?.terminalNote) : nil)
    case .open(let address): return .opened(address, await services.browser?.open(address) ?? false)
    case .cancel, .terminal: return nil
    }
  }
}

/// Turns the error of a call into a value.
func attempt<Success: Sendable>(
  isolation: isolated (any Actor)? = #isolation, _ call: () async throws(CloudflareError) -> Success
) async -> Result<Success, CloudflareError> {
  do throws(CloudflareError) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}

/// The terminal that the console runs in.
@MainActor
public protocol TerminalControl: AnyObject {
  func discardTypedAhead()
  func redraw()
  func suspend()
  /// Offers a text to the terminal for its clipboard.
  ///
  /// - Returns: whether the text was offered. Terminals do not confirm that they took it.
  func copy(_ text: String) -> Bool
  /// Ends the event loop.
  func stop()
}
