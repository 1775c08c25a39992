/// What can be asked for at the prompt.
struct PlainCommand {
  enum Verb: CaseIterable {
    case help, list, next, previous, page, first, last, open, json, find, all, sort, reverse, load, rest
    case new, edit, delete, activity, older, verify, dismiss, adopt, finish, refresh, quit
  }

  let verb: Verb
  /// What stands behind the word, without the blanks around it.
  let rest: String

  /// - Parameter isAccountOpen: whether the account that was told of last is what keys are about.
  /// - Returns: `nil` for a word that is not known.
  init?(_ line: String, isAccountOpen: Bool = false) {
    var line = line[...]
    while line.first == " " { line.removeFirst() }
    while line.last == " " { line.removeLast() }
    // The key for finding needs no blank behind it.
    let word = line.first == "/" ? line.prefix(1) : line.prefix { $0 != " " }
    guard let verb = Verb(word: String(word)) else { return nil }
    // The one key that does another thing there.
    self.verb = word == "L" && isAccountOpen ? .rest : verb
    rest = String(line.dropFirst(word.count).drop { $0 == " " })
  }
}

extension PlainCommand.Verb {
  /// A key stands for its command too, so that what the texts of the screen say of keys holds here as well.
  init?(word: String) {
    let verb = Self.allCases.first { $0.word == word.lowercased() } ?? Self.allCases.first { $0.keys.contains(word) }
    guard let verb else { return nil }
    self = verb
  }

  var word: String {
    switch self {
    case .help: "help"
    case .list: "list"
    case .next: "next"
    case .previous: "prev"
    case .page: "page"
    case .first: "first"
    case .last: "last"
    case .open: "open"
    case .json: "json"
    case .find: "find"
    case .all: "all"
    case .sort: "sort"
    case .reverse: "reverse"
    case .load: "load"
    case .rest: "rest"
    case .new: "new"
    case .edit: "edit"
    case .delete: "delete"
    case .activity: "activity"
    case .older: "older"
    case .verify: "verify"
    case .dismiss: "dismiss"
    case .adopt: "adopt"
    case .finish: "finish"
    case .refresh: "refresh"
    case .quit: "quit"
    }
  }

  fileprivate var keys: [String] {
    switch self {
    case .help: ["?"]
    case .next: ["]"]
    case .previous: ["[", "previous"]
    case .first: ["g"]
    case .last: ["G"]
    case .json: ["J"]
    case .find: ["/"]
    case .all: ["esc", "Esc"]
    case .sort: ["s"]
    case .reverse: ["S"]
    case .load: ["L"]
    case .new: ["n"]
    case .edit: ["e"]
    case .delete: ["D"]
    case .activity: ["@"]
    case .verify: ["v"]
    case .adopt: ["a"]
    case .refresh: ["r"]
    case .quit: ["q", "exit"]
    case .list, .page, .open, .rest, .older, .dismiss, .finish: []
    }
  }

  /// What stands behind the word, and what it does.
  var help: (arguments: String, text: String) {
    switch self {
    case .help: ("", "this list")
    case .list: ("", "the \(PlainConsole.rows) accounts at this place of the list, each with its number")
    case .next: ("", "the \(PlainConsole.rows) after them")
    case .previous: ("", "the \(PlainConsole.rows) before them")
    case .page: (" N", "page N of the list, \(PlainConsole.rows) accounts each")
    case .first: ("", "the beginning of the list")
    case .last: ("", "its end")
    case .open: (" N", "account N of the list that was printed last, read afresh, with what it holds")
    case .json: (" N", "account N as the server sends it")
    case .find: (" TEXT", "accounts whose name has these letters in their order, or whose ID begins or ends with TEXT")
    case .all: ("", "all accounts again, after find; or from an account back to the list")
    case .sort: (" COLUMN", "sort by name, type, created or two-factor, or as the server does: server")
    case .reverse: ("", "the order the other way round")
    case .load: ("", "load all accounts, which sorting needs")
    case .rest: ("", "load all zones and members of the account that is open")
    case .new: ("", "create an account")
    case .edit: (" N", "change account N")
    case .delete: (" N", "review account N for deletion; nothing is deleted before you have typed its name")
    case .activity: (" [N]", "what was written and what became of it; all that is known of write N")
    case .older: ("", "the writes before those")
    case .verify: (" N", "find out by reading what became of write N")
    case .dismiss: (" N", "let write N block no others, if looking it up cannot tell")
    case .adopt: (" N", "take the account that was found as the one that write N created")
    case .finish: (" N", "do what is left of write N: require two-factor")
    case .refresh: ("", "read the list, or the account that is open, again")
    case .quit: ("", "leave")
    }
  }

  var writes: Bool {
    switch self {
    case .new, .edit, .delete, .finish: true
    default: false
    }
  }
}
