extension KeyMap {
  /// The keys as delivered: what the fingers of people who live in terminals already know. Each screen has its own.
  public static let builtIn = KeyMap(
    Browse.bindings + JSONState.bindings + ActivityState.bindings + DeleteState.bindings + forms
      + PaletteState.bindings + HelpState.bindings + everywhere)
}
