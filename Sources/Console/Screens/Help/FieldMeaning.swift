import Cloudflare

/// What a field of a form is for.
struct FieldMeaning: Sendable, Equatable {
  let title: String
  let text: String

  init(_ title: String, _ text: String) {
    self.title = title
    self.text = text
  }
}

extension State {
  /// What the field is for that has the focus; `nil` where none has.
  var focusedMeaning: FieldMeaning? {
    switch dialog {
    case .create(let form): form.focus.meaning
    case .edit(let form): form.focus.meaning
    case .delete(let deletion) where deletion.phase == .challenge: deletion.focus.meaning
    case .delete: nil
    case nil: isFinding ? .find : nil
    }
  }
}

extension CreateState.Field {
  fileprivate var meaning: FieldMeaning {
    switch self {
    case .name:
      FieldMeaning(
        "Name",
        "What the account is called, in 1 to \(NewAccount.nameLimit) characters. Several accounts may have the same name; "
          + "the form tells of those that have it already.")
    case .type:
      FieldMeaning(
        "Type",
        "Standard accounts are for self-serve customers, enterprise accounts for those with an agreement. It cannot be "
          + "changed afterwards.")
    case .unit:
      FieldMeaning(
        "Unit",
        "The identifier of the tenant's unit that the account is to belong to. It is needed only by those who administer "
          + "several; empty, the server decides.")
    case .twoFactor: .twoFactor
    case .details:
      FieldMeaning(
        "Business", "What Cloudflare may want to know of the business behind the account. All of it may be left out.")
    case .business(let field):
      FieldMeaning(field.title, "A detail of the business behind the account. It may be left out.")
    case .cancel: FieldMeaning("Cancel", "Leaves, with nothing sent. What was typed is kept for the next time.")
    case .create:
      FieldMeaning(
        "Create",
        "Sends one request, and never repeats it by itself. It is noted down before it leaves, so that even a lost "
          + "answer can be found out about.")
    }
  }
}

extension EditState.Field {
  fileprivate var meaning: FieldMeaning {
    switch self {
    case .name:
      FieldMeaning("Name", "What the account is to be called, in 1 to \(NewAccount.nameLimit) characters.")
    case .twoFactor: .twoFactor
    case .contact:
      FieldMeaning(
        "Abuse contact", "The e-mail address that reports of abuse go to. Empty, the account has none of its own.")
    case .cancel: FieldMeaning("Cancel", "Leaves, with nothing sent. What was typed is kept for the next time.")
    case .proceed:
      FieldMeaning(
        "Go on",
        "First shows old and new side by side. Only then is one request sent, and it is never repeated by itself.")
    }
  }
}

extension FieldMeaning {
  fileprivate static let find = FieldMeaning(
    "Find",
    "Words of a name, or pieces of them, in any order: each has to be in the name, or its letters in their order. Case "
      + "and accents do not matter: e finds É, l finds ł, ss finds ß, and the other way round. Four characters or more "
      + "also find an account by the beginning or the end of its ID.")
  fileprivate static let twoFactor = FieldMeaning(
    "Two-factor", "Whether every member needs two-factor authentication to get into the account.")
}

extension DeleteState.Field {
  fileprivate var meaning: FieldMeaning {
    switch self {
    case .challenge:
      FieldMeaning(
        "What has to be typed",
        "Typing it, exactly, shows that this very account is meant. Pasting is refused, and what is typed is cleared when "
          + "something comes between you and the screen. It unlocks the button, and deletes nothing.")
    case .cancel: FieldMeaning("Cancel", "Leaves, with nothing sent.")
    case .goOn: FieldMeaning("Go on", "Goes on to what has to be typed. Nothing is deleted by it.")
    case .delete:
      FieldMeaning(
        "Delete account",
        "Begins to count down; any key stops that, with nothing sent. Then one request deletes the account, for good. It "
          + "is never repeated by itself.")
    }
  }
}
