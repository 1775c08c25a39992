import Cloudflare
import FoundationEssentials
import Glibc
import Terminal
import Testing

@testable import tenantry

@Suite("The configuration file")
struct ConfigurationTests {
  static let key = "5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"

  @Test("every setting is read, with its line")
  func everything() throws {
    let file = try #require(
      try ConfigurationDirectory.read(
        """
        # A comment.
        profile: acme
        mouse: true
        theme: high-contrast
        ascii: false
        cache: false
        keys:
          open: [l, Enter]
          quit: Q
        profiles:
          acme:
            base_url: https://api.example.com/client/v4/
            email: "admin@acme.example"
            api_key_command: pass show acme | head -1
            read_only: true
            protected:
              - Acme *
              - 1b16db169c9cb7853009857198fae1b9
            colour: yellow
            per_page: 25
          bare: {}
          empty:
        """
      ).get())
    #expect(file.profile == .init(value: "acme", line: 2))
    #expect(file.mouse == .init(value: true, line: 3))
    #expect(file.theme == .init(value: .highContrast, line: 4))
    #expect(file.ascii == .init(value: false, line: 5))
    #expect(file.cache == .init(value: false, line: 6))
    #expect(
      file.keys == [
        .init(command: "open", keys: ["l", "Enter"], line: 8), .init(command: "quit", keys: ["Q"], line: 9),
      ])
    var acme = Profile(name: "acme", line: 11)
    acme.baseURL = .init(value: try Endpoint("https://api.example.com/client/v4"), line: 12)
    acme.credentials = ProfileCredentials(
      kind: .key(email: "admin@acme.example"), secret: .command("pass show acme | head -1"),
      setting: "api_key_command", line: 14)
    acme.isReadOnly = .init(value: true, line: 15)
    acme.protected = .init(value: ["Acme *", "1b16db169c9cb7853009857198fae1b9"], line: 16)
    acme.color = .init(value: .yellow, line: 19)
    acme.perPage = .init(value: 25, line: 20)
    #expect(file.profiles == [acme, Profile(name: "bare", line: 21), Profile(name: "empty", line: 22)])
  }

  @Test("no file, and no directory of it, are no configuration", arguments: ["config.yaml", "none/config.yaml"])
  func missing(name: String) throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    #expect(try ConfigurationFile.read(directory.path + "/" + name) == nil)
  }

  @Test(
    "an empty file, comments alone and null are a configuration without settings", arguments: ["", "# none\n", "~"])
  func empty(text: String) throws {
    let file = try #require(try ConfigurationDirectory.read(text).get())
    #expect(file == ConfigurationFile(path: file.path))
  }

  // MARK: What is wrong

  @Test("everything that is wrong is told at once, in the order of the lines")
  func everythingWrong() throws {
    let problems = try ConfigurationDirectory.problems(
      """
      profil: acme
      mouse: yes
      profiles:
        acme:
          read-only: true
          read_only: 1
          per_page: 500
          protected: all
          colour: pink
          base_url: http://api.example.com
          email: admin@acme.example
        -x:
          per_page: 5
      nonsense: 1
      """)
    #expect(
      problems == [
        #"1: "profil" is not known here; did you mean profile?"#,
        "2: mouse must be true or false",
        #"5: "read-only" is not known here; did you mean read_only?"#,
        "6: read_only must be true or false",
        "7: per_page must be a number from 5 to 50",
        "8: protected must be a list, as in protected: [one, another]",
        "9: colour must be red, green, yellow, blue, magenta, cyan, or a number of the terminal's palette from 0 to 255",
        "10: Credentials are not sent to api.example.com over plain http, where anyone on the way could read them: use "
          + "https.",
        "11: email needs api_key or api_key_command beside it: the two belong together",
        #"12: "-x" cannot be a profile: a profile's name has 1 to 32 letters, digits, dots, dashes and underscores, and "#
          + "begins with no dash",
        #"14: "nonsense" is not known here; there are profile, profiles, mouse, theme, ascii, cache, keys"#,
      ])
  }

  @Test(
    "a value of another type or of none is told",
    arguments: [
      ("mouse: \"true\"", "1: mouse must be true or false"),
      ("mouse: [true]", "1: mouse must be true or false"),
      ("theme: pink", "1: theme must be default, high-contrast, mono"),
      ("theme:", "1: theme has no value; give it one, or leave it out"),
      ("theme: ''", "1: theme has no value; give it one, or leave it out"),
      ("theme: {a: b}", "1: theme must be one text"),
      ("profiles: acme", "1: profiles must be settings with their values, as in name: value"),
      ("- profile", "1: the configuration must be settings with their values, as in name: value"),
      ("just words", "1: the configuration must be settings with their values, as in name: value"),
      ("keys:\n  refresh: [F9]\n  refrehs: r", "3: there is no command refrehs; the command palette lists all of them"),
      ("keys:\n  refresh: n", "2: n would be both new-account and refresh in the list"),
      ("keys:\n  open:\n    - a\n    - [b]", "4: each entry of open must be one text"),
      ("keys:\n  open:\n    -", "3: each entry of open must be one text"),
      ("[a]: b", "1: a name must be a plain word"),
      ("profile: acme", #"1: profile names "acme", and profiles has none of that name"#),
      ("mouse: true\nmouse: false", #"2: "mouse" is given twice, first on line 1"#),
      (
        "profiles:\n  a:\n    color: red\n    colour: red",
        "4: colour and color are the same setting; keep one of them"
      ),
    ])
  func wrongValue(text: String, problem: String) throws {
    #expect(try ConfigurationDirectory.problems(text) == [problem])
  }

  @Test(
    "credentials that do not belong together, or have another shape, are told without the secret",
    arguments: [
      ("api_key: KEY", "3: api_key needs email beside it: the two belong together"),
      ("email: nobody\n    api_key: KEY", "3: The e-mail address has no @ in it."),
      (
        "api_token: KEY",
        "3: The API token is a Global API Key: give it as the key, together with its e-mail address."
      ),
      (
        "email: a@b.example\n    api_key: cfut_0000000000000000000000000000000000000000",
        "4: The Global API Key is an API token: give it as the token, without an e-mail address."
      ),
      (
        "email: a@b.example\n    api_key: KEY\n    api_token_command: pass",
        "5: api_token_command and api_key may be different people's; keep one of them"
      ),
      ("api_token: two words", "3: The API token holds a blank or a line break."),
      (
        "email: a@b.example\n    api_token_command: pass", "3: email has no use beside api_token_command; leave it out"
      ),
      (
        "{api_token:KEY}", #"3: a colon and a blank have to stand between "api_token" and its value, as in name: value"#
      ),
      (
        "{api_token=KEY}", #"3: a colon and a blank have to stand between "api_token" and its value, as in name: value"#
      ),
      (
        "{KEY:api_token}",
        "3: a colon and a blank have to stand between [37 characters, not shown] and its value, as in name: value"
      ),
    ])
  func wrongCredentials(text: String, problem: String) throws {
    let text = text.replacing("KEY", with: Self.key)
    let problems = try ConfigurationDirectory.problems("profiles:\n  acme:\n    \(text)")
    #expect(problems == [problem])
    #expect(!problems.joined().contains(Self.key))
  }

  @Test(
    "a secret in the place of a name is not repeated",
    arguments: [
      ("KEY: acme", "1: [37 characters, not shown] is not known here; there are profile, profiles, "),
      ("profile: KEY", "1: profile names [37 characters, not shown], and profiles has none of that name"),
      ("mouse: true\nKEY: 1\nKEY: 2", "3: [37 characters, not shown] is given twice, first on line 2"),
      ("profiles: {KEY}", "1: [37 characters, not shown] cannot be a profile: "),
      ("profiles: {acme: {api_token KEY}}", "1: [47 characters, not shown] is not known here; there are base_url, "),
      ("keys: {KEY: x}", "1: there is no command [37 characters, not shown]"),
      ("keys: {KEY: }", "1: there is no command [37 characters, not shown]"),
      ("keys: {open: KEY}", "1: [37 characters, not shown] is no key"),
      ("keys: {open: [x, KEY]}", "1: [37 characters, not shown] is no key"),
      ("theme: KEY", "1: theme must be "), ("mouse: KEY", "1: mouse must be "),
      ("profiles: {a: {base_url: KEY}}", "1: The base address has no scheme"),
      ("profiles: {a: {colour: KEY}}", "1: colour must be "), ("theme: &KEY mono", "1: anchors and aliases"),
      ("theme: *KEY", "1: anchors and aliases"), ("theme: !KEY mono", "1: tags (!)"),
      ("profiles:\n  a:\n    api_token: \"KEY", "3: this is not YAML: "), ("%KEY", "1: this is not YAML: "),
    ])
  func misplacedSecret(text: String, problem: String) throws {
    let problems = try ConfigurationDirectory.problems(text.replacing("KEY", with: Self.key))
    #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
    #expect(!problems.joined().contains(Self.key.prefix(8)))
  }

  @Test(
    "what is no YAML is told with its line",
    arguments: [
      ("profiles:\n  acme: [", 3), ("a: b: c", 1), ("theme: \"open", 1), ("a: 1\n b: 2", 2), ("x: \u{1}", 1),
    ])
  func noYAML(text: String, line: Int) throws {
    let problems = try ConfigurationDirectory.problems(text)
    #expect(problems.count == 1)
    #expect(try #require(problems.first).contains("this is not YAML: "))
    #expect(try #require(problems.first).hasPrefix("\(line): "), "\(problems)")
  }

  @Test("a tab that indents is called by its name")
  func tab() throws {
    #expect(
      try ConfigurationDirectory.problems("profiles:\n\tacme: {}")
        == ["2: this is not YAML: a tab cannot indent a line; use blanks"])
  }

  @Test(
    "what YAML can do and a configuration does not need is refused",
    arguments: [
      ("theme: &a mono\nascii: *a", ["1: ANCHOR", "2: ANCHOR"]),
      ("theme: !!str mono", ["1: tags (!) are not understood; leave it out"]),
      ("theme: mono\n---\ntheme: mono", ["2: a second document begins here; only one is read"]),
    ])
  func refused(text: String, expected: [String]) throws {
    let anchor = "anchors and aliases (& and *) are not understood; write the value out"
    #expect(try ConfigurationDirectory.problems(text) == expected.map { $0.replacing("ANCHOR", with: anchor) })
  }

  @Test("aliases of aliases, deep nesting and many values end at once")
  func bombs() throws {
    let start = ContinuousClock.now
    // Each line doubles the one before it.
    let lines = (1...40).map { "x\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
    let aliases = try ConfigurationDirectory.problems("x0: &a0 [x, x]\n" + lines.joined(separator: "\n"))
    // An anchor and an unknown name on each of 41 lines, and two aliases on 40 of them; the first 20 are told.
    #expect(aliases.count == 21)
    #expect(aliases.last?.hasSuffix("and \(41 * 2 + 40 * 2 - 20) more.") == true)
    let deep = "theme: " + String(repeating: "[", count: 200_000)
    #expect(try ConfigurationDirectory.problems(deep) == ["1: this is nested too deeply"])
    let many = "theme: [" + String(repeating: "a,", count: 100_000) + "]"
    #expect(try ConfigurationDirectory.problems(many) == ["1: there are too many values"])
    let large = "# " + String(repeating: "x", count: 10_000_000)
    #expect(try ConfigurationDirectory.problems(large) == [" it is larger than 256 KiB"])
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @Test("what is repeated of the file cannot act on a terminal")
  func hostile() throws {
    let problems = try ConfigurationDirectory.problems(#""\e[31m\u202eevil": 1"#)
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("1: \"␛[31m⇄evil\" is not known here"))
    #expect(
      try ConfigurationDirectory.problems(#"keys: {"\e[31m": }"#) == [
        "1: ␛[31m has no value; give it one, or leave it out"
      ])
  }

  // MARK: Who can read it

  @Test("a file with a secret that others can read is refused, with what to type", arguments: [0o640, 0o604, 0o644])
  func readable(mode: mode_t) throws {
    let text = "profiles:\n  acme:\n    email: a@b.example\n    api_key: \(Self.key)"
    let problems = try ConfigurationDirectory.problems(text, mode: mode)
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("4: it holds a secret, and others can read it (mode \(String(mode, radix: 8)));"))
    #expect(problems[0].contains("run: chmod 600 /tmp/"))
    #expect(try ConfigurationDirectory.problems(text, mode: 0o600) == [])
  }

  @Test("without a secret others may read it, and never write it")
  func writable() throws {
    let text = "profiles:\n  acme:\n    api_token_command: pass show acme"
    #expect(try ConfigurationDirectory.problems(text, mode: 0o644) == [])
    for mode: mode_t in [0o620, 0o602, 0o666] {
      let problems = try ConfigurationDirectory.problems(text, mode: mode)
      #expect(problems.count == 1 && problems[0].hasPrefix(" others can write to it"))
    }
  }

  @Test("a file that belongs to somebody else is refused, root's excepted")
  func foreign() throws {
    let owner = geteuid()
    let problems = try ConfigurationDirectory.problems("mouse: true", person: owner + 1)
    #expect(owner == 0 ? problems == [] : problems.count == 1 && problems[0].contains("belongs to somebody else"))
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    try directory.write("mouse: true")
    // Only root can give a file away.
    guard owner == 0, chown(directory.file, 12_345, 12_345) == 0 else { return }
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.read(directory.file) }
    #expect(error?.problems.first?.text.contains("belongs to somebody else (user 12345)") == true)
  }

  @Test("a directory in its place is told")
  func directory() throws {
    let directory = try ConfigurationDirectory()
    defer { directory.remove() }
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.read(directory.path) }
    #expect(error?.problems == [ConfigurationProblem(text: "it is not an ordinary file")])
  }

  @Test("its place follows the XDG base directory specification")
  func place() {
    func path(_ variables: [String: String]) -> String? { ConfigurationFile.path { variables[$0] } }
    #expect(path(["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/tenantry/config.yaml")
    #expect(path(["XDG_CONFIG_HOME": "relative", "HOME": "/h"]) == "/h/.config/tenantry/config.yaml")
    #expect(path(["HOME": "/h"]) == "/h/.config/tenantry/config.yaml")
    #expect(path([:]) == nil)
  }
}
