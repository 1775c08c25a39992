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
    let verb = Self(rawValue: word.lowercased()) ?? Self.allCases.first { $0.help.keys.contains(word) }
    guard let verb else { return nil }
    self = verb
  }

  /// The keys of the screen that stand for the command, its arguments, and its meaning.
  var help: (keys: [String], arguments: String, text: String) {
    switch self {
    case .help: (["?"], "", "this list")
    case .list: ([], "", "the \(PlainConsole.rows) accounts at this place of the list, each with its number")
    case .next: (["]"], "", "the \(PlainConsole.rows) after them")
    case .previous: (["[", "previous"], "", "the \(PlainConsole.rows) before them")
    case .page: ([], " N", "page N of the list, \(PlainConsole.rows) accounts each")
    case .first: (["g"], "", "the beginning of the list")
    case .last: (["G"], "", "its end")
    case .open: ([], " N", "account N of the list that was printed last, read afresh, with what it holds")
    case .json: (["J"], " N", "account N as the server sends it")
    case .find:
      (["/"], " TEXT", "accounts whose name has these letters in their order, or whose ID begins or ends with TEXT")
    case .all: (["esc", "Esc"], "", "all accounts again, after find; or from an account back to the list")
    case .sort: (["s"], " COLUMN", "sort by name, type, created or two-factor, or as the server does: server")
    case .reverse: (["S"], "", "the order the other way round")
    case .load: (["L"], "", "load all accounts, which sorting needs")
    case .rest: ([], "", "load all zones and members of the account that is open")
    case .new: (["n"], "", "create an account")
    case .edit: (["e"], " N", "change account N")
    case .delete: (["D"], " N", "review account N for deletion; nothing is deleted before you have typed its name")
    case .activity: (["@"], " [N]", "what was written and what became of it; all that is known of write N")
    case .older: ([], "", "the writes before those")
    case .verify: (["v"], " N", "find out by reading what became of write N")
    case .dismiss: ([], " N", "let write N block no others, if looking it up cannot tell")
    case .adopt: (["a"], " N", "take the account that was found as the one that write N created")
    case .finish: ([], " N", "do what is left of write N: require two-factor")
    case .refresh: (["r"], "", "read the list, or the account that is open, again")
    case .quit: (["q", "exit"], "", "leave")
    }
  }

  var writes: Bool {
    switch self {
    case .new, .edit, .delete, .finish: true
    default: false
    }
  }
}
