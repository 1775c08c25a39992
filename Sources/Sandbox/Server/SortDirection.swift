/// The order of a list. The API does not say what it sorts by.
enum SortDirection: String {
  case ascending = "asc"
  case descending = "desc"
}
