#include "CNcurses.h"

#include <string.h>
#include <term.h>

/// Terminfo's functions answer (char *)-1 where a capability is no string, and NULL where it is absent.
static const char *capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (const char *)-1 ? NULL : text;
}

/// Copies without padding, which terminfo writes as `$<5>` and which no terminal of today needs.
static size_t copy_without_padding(const char *text, char *buffer, size_t capacity) {
  size_t length = 0;
  while (text != NULL && *text != '\0') {
    const char *end = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
    if (end != NULL) {
      text = end + 1;
      continue;
    }
    if (length == capacity) return 0;
    buffer[length++] = *text++;
  }
  return length;
}

struct cn_type_facts cn_describe_type(const char *name, int descriptor) {
  struct cn_type_facts facts = {.knowledge = cn_type_unknown};
  TERMINAL *before = cur_term;
  int found = 0;
  // The third argument keeps terminfo from printing and leaving the program.
  if (setupterm(name, descriptor, &found) != OK || found != 1) return facts;
  facts.knowledge = capability("cup") != NULL ? cn_type_usable : cn_type_incapable;
  facts.colors = tigetnum("colors");
  facts.has_alternate_screen = capability("smcup") != NULL && capability("rmcup") != NULL;
  TERMINAL *probed = set_curterm(before);
  del_curterm(probed);
  return facts;
}

size_t cn_capability(const char *name, char *buffer, size_t capacity) {
  return copy_without_padding(capability(name), buffer, capacity);
}

size_t cn_cursor_movement(int row, int column, char *buffer, size_t capacity) {
  const char *movement = capability("cup");
  return movement == NULL ? 0 : copy_without_padding(tiparm(movement, row, column), buffer, capacity);
}
