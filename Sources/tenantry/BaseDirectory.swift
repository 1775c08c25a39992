/// The directories that a person's files belong in, by the XDG base directory specification.
enum BaseDirectory {
  /// - Parameters:
  ///   - name: the variable that names it, such as `XDG_STATE_HOME`. A relative path counts as none.
  ///   - usual: where it is without that, below the home directory.
  /// - Returns: this program's directory in it; `nil` when there is no such place.
  static func path(_ name: String, usual: String, _ environment: (String) -> String?) -> String? {
    func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let base = absolute(name) ?? absolute("HOME").map { $0 + "/" + usual }
    return base.map { $0 + "/tenantry" }
  }
}
