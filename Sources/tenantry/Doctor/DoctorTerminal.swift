import Curses

/// What the terminal can do for the console, and what in the environment keeps it from that.
struct DoctorTerminal {
  private(set) var findings: [DoctorFinding] = []

  init(_ report: TerminalReport, _ environment: (String) -> String?) {
    let type = report.type ?? "not set"
    switch report.knowledge {
    case .usable:
      add(.fine, "type", "\(type) (TERM)" + (report.drivenType == type ? "" : ", driven as \(report.drivenType)"))
    case .unknown:
      add(
        .note, "type", "\(type) (TERM) is not known here; \(report.drivenType) is used instead",
        remedy: "Install its terminfo entry (ncurses-term has most), or set TERM to one that is known.")
    case .incapable where LineTerminal.isOnlyForLines(type: report.type):
      add(.note, "type", "\(type) (TERM) is good for lines only: the console is as with --plain")
    case .incapable:
      add(
        .problem, "type", "\(type) (TERM) cannot place the cursor",
        remedy: "Use another terminal, set TERM to what it really is, or add --plain.")
    }
    let extra = variable("COLORTERM", in: environment).map { "; COLORTERM says \($0), the palette is used" } ?? ""
    if report.refusesColor {
      add(.note, "colours", "none, by NO_COLOR")
    } else {
      add(report.colors >= 8 ? .fine : .note, "colours", report.colors >= 8 ? "\(report.colors)\(extra)" : "none")
    }
    if report.isUnicode {
      add(.fine, "locale", "\(report.locale ?? "") with UTF-8")
    } else {
      add(
        .note, "locale", "\(report.locale ?? "not set") without UTF-8: only ASCII is drawn",
        remedy: "If the terminal shows UTF-8, say so: export LC_CTYPE=C.UTF-8")
    }
    add(.note, "paste", report.marksPastes ? "told from keys (bracketed paste)" : "not told from keys by this type")
    guard let size = report.size else {
      add(.note, "size", "no terminal here tells one; without a terminal, there is --plain")
      return
    }
    let isEnough = size.width >= 60 && size.height >= 16
    add(
      isEnough ? .fine : .note, "size", "\(size.width)x\(size.height)",
      remedy: isEnough ? nil : "Make the window larger: 60x16 is the smallest.")
  }

  private mutating func add(_ grade: DoctorFinding.Grade, _ subject: String, _ text: String, remedy: String? = nil) {
    findings.append(DoctorFinding(grade, subject, text, remedy: remedy))
  }
}
