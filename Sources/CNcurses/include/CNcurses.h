/// ncursesw for Swift: the library's own header, and small functions for what Swift's importer cannot see in it.
///
/// Declared here instead of through pkg-config, because SwiftPM drops the defines that pkg-config gives for ncursesw,
/// and the wide functions with them.
#ifndef CNCURSES_H
#define CNCURSES_H

#define NCURSES_WIDECHAR 1
// Without this, functions such as `clear` would be macros, which Swift does not import.
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "MainQueue.h"
#include "Rescue.h"
#include "Signals.h"

// ncurses' attributes are casts, which do not import.
static const attr_t cn_bold = A_BOLD;
static const attr_t cn_dim = A_DIM;
static const attr_t cn_underline = A_UNDERLINE;
static const attr_t cn_reverse = A_REVERSE;
static const attr_t cn_italic = A_ITALIC;

// ncurses' variables are shared mutable state, which Swift 6 does not let anybody read.
static inline WINDOW *cn_standard_window(void) { return stdscr; }
static inline WINDOW *cn_physical_window(void) { return curscr; }
static inline int cn_lines(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }
static inline int cn_color_count(void) { return COLORS; }
static inline int cn_pair_count(void) { return COLOR_PAIRS; }

/// Fills one cell. `setcchar` takes pairs above 32,767 only through its last argument, which does not import.
///
/// - Parameter text: a base and at most four combining marks, ended by 0.
/// - Returns: whether ncurses took it.
static inline bool cn_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair) == OK;
}

/// A file that exists in memory only.
///
/// - Returns: its descriptor, or -1 when the system gives none.
int cn_memory_file(void);

/// Makes one descriptor stand for what another does, closed on exec as before.
bool cn_redirect(int descriptor, int target);

/// What this system's terminfo knows of a terminal type.
enum cn_type_knowledge {
  cn_type_unknown,
  /// Known, and unable to place the cursor.
  cn_type_incapable,
  cn_type_usable,
};

struct cn_type_facts {
  enum cn_type_knowledge knowledge;
  /// Negative for none.
  int colors;
  bool has_alternate_screen;
};

/// Looks a terminal type up without opening it.
struct cn_type_facts cn_describe_type(const char *name, int descriptor);

/// Copies a string capability of the open terminal, without padding.
///
/// - Returns: its length, or 0 when the terminal lacks it or `capacity` is too small.
size_t cn_capability(const char *name, char *buffer, size_t capacity);

/// A key as terminfo knows it: ncurses' code, and the bytes that the terminal sends for it.
typedef struct {
  int code;
  const char *bytes;
} cn_key;

/// Lists the keys of the open terminal. Those that mean nothing here have the code `KEY_MAX`, so that their bytes are
/// known to belong to a key. The mouse's reports are not among them, nor what has no standard name: newer entries list
/// the reports of the focus there, as if they were keys.
///
/// - Returns: how many there are; at most `capacity` are written.
size_t cn_list_keys(cn_key *keys, size_t capacity);

/// Copies the sequence that moves the cursor, without padding. Rows and columns count from 0.
size_t cn_cursor_movement(int row, int column, char *buffer, size_t capacity);

#endif
