/// Why the program cannot begin: what happened and what to do next, for people, without any secret.
struct Problem: Error {
  var text: String
}
