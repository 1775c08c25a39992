/// A command typed at the prompt.
struct PlainCommand {
  /// The raw value is the word to type.
  enum Verb: String, CaseIterable {
    case help, list, next
    case previous = "prev"
    case page, first, last, open, json, find, all, sort, reverse, load, rest
    case new, edit, delete, activity, older, verify, dismiss, adopt, finish, refresh, quit
  }

  let verb: Verb
  /// The text after the word, without blanks around it.
  let rest: String

  /// - Parameter isAccountOpen: whether commands apply to the account that was printed last.
  /// - Returns: `nil` for an unknown word.
  init?(_ line: String, isAccountOpen: Bool = false) {
    let line = line.trimmed
    // `/text` needs no blank after the slash.
    let word = line.first == "/" ? line.prefix(1) : line.prefix { $0 != " " }
    guard let verb = Verb(word: String(word)) else { return nil }
    // L loads the rest of an open account.
    self.verb = word == "L" && isAccountOpen ? .rest : verb
    rest = String(line.dropFirst(word.count).drop { $0 == " " })
  }
}

extension PlainCommand.Verb {
  /// Keys of the screen work as well, because texts of the screen mention them.
  init?(word: String) {
    let verb = Self(rawValue: word.lowercased()) ?? Self.allCases.first { $0.keys.contains(word) }
    guard let verb else { return nil }
    self = verb
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

  /// The arguments and the meaning, for the help.
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
