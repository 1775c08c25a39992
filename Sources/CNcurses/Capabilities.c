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

/// The keys that mean something here, by their names in terminfo.
static const struct {
  const char *name;
  int code;
} named_keys[] = {
    {"kcuu1", KEY_UP},     {"kcud1", KEY_DOWN},    {"kcub1", KEY_LEFT},    {"kcuf1", KEY_RIGHT},
    {"khome", KEY_HOME},   {"kend", KEY_END},      {"kpp", KEY_PPAGE},     {"knp", KEY_NPAGE},
    {"kich1", KEY_IC},     {"kdch1", KEY_DC},      {"kbs", KEY_BACKSPACE}, {"kcbt", KEY_BTAB},
    {"kent", KEY_ENTER},   {"kfnd", KEY_FIND},     {"kslt", KEY_SELECT},   {"kll", KEY_LL},
    {"ka1", KEY_A1},       {"ka3", KEY_A3},        {"kc1", KEY_C1},        {"kc3", KEY_C3},
    {"kf1", KEY_F0 + 1},   {"kf2", KEY_F0 + 2},    {"kf3", KEY_F0 + 3},    {"kf4", KEY_F0 + 4},
    {"kf5", KEY_F0 + 5},   {"kf6", KEY_F0 + 6},    {"kf7", KEY_F0 + 7},    {"kf8", KEY_F0 + 8},
    {"kf9", KEY_F0 + 9},   {"kf10", KEY_F0 + 10},  {"kf11", KEY_F0 + 11},  {"kf12", KEY_F0 + 12},
};

static int key_code(const char *name) {
  for (size_t index = 0; index < sizeof named_keys / sizeof *named_keys; index++)
    if (strcmp(named_keys[index].name, name) == 0) return named_keys[index].code;
  return KEY_MAX;
}

size_t cn_list_keys(cn_key *keys, size_t capacity) {
  size_t count = 0;
  for (size_t index = 0; strnames[index] != NULL; index++) {
    const char *name = strnames[index];
    if (name[0] != 'k' || strcmp(name, "kmous") == 0) continue;
    const char *bytes = capability(name);
    if (bytes == NULL || *bytes == '\0') continue;
    if (count < capacity) keys[count] = (cn_key){.code = key_code(name), .bytes = bytes};
    count++;
  }
  return count;
}
