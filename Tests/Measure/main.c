#include "measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: Tests/Measure/run first-frame [-n 30] [options] -- COMMAND ...\n"
    "         from exec to the first byte, to the first whole frame and to quiet, beside a bare ncurses program\n"
    "       Tests/Measure/run key [-n 300] [options] -- COMMAND ...\n"
    "         from an arrow key to the first and the last byte of the answer, beside a program that echoes a byte\n"
    "       Tests/Measure/run idle [-s 10] [-w 3] [options] -- COMMAND ...\n"
    "         CPU time and wake-ups of each thread during -s seconds, after -w seconds without output\n"
    "       Tests/Measure/run bare-curses | echo-byte\n"
    "         the programs to compare with, alone\n"
    "options: --keys KEYS         keys to send once the first frame is there; \\e \\r \\t \\\\ are understood\n"
    "         --env NAME=VALUE    sets a variable for COMMAND; NAME alone takes it away\n";

_Noreturn static void wrong(const char *message, const char *word) {
  fprintf(stderr, "measure: %s%s\n%s", message, word, usage);
  exit(64);
}

static int number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*text == '\0' || *end != '\0' || value < 1 || value > 1000000) wrong("not a number from 1 to 1000000: ", text);
  return (int)value;
}

static void set_variable(char *assignment) {
  char *equals = strchr(assignment, '=');
  if (equals == NULL) {
    unsetenv(assignment);
    return;
  }
  *equals = '\0';
  if (setenv(assignment, equals + 1, 1) != 0) wrong("not a variable: ", assignment);
}

int main(int count, char **arguments) {
  if (count < 2) wrong("say what to measure", "");
  const char *subject = arguments[1];
  if (strcmp(subject, "bare-curses") == 0) return run_bare_curses();
  if (strcmp(subject, "echo-byte") == 0) return run_echo_byte();

  // What every program under measurement gets; --env may change it.
  setenv("TERM", "xterm-256color", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  unsetenv("LINES");
  unsetenv("COLUMNS");

  Options options = {.seconds = 10, .settle = 3};
  int index = 2;
  for (; index < count && strcmp(arguments[index], "--") != 0; index += 2) {
    const char *option = arguments[index];
    if (index + 1 >= count) wrong("no value for ", option);
    char *value = arguments[index + 1];
    if (strcmp(option, "-n") == 0) options.repeats = number(value);
    else if (strcmp(option, "-s") == 0) options.seconds = number(value);
    else if (strcmp(option, "-w") == 0) options.settle = number(value);
    else if (strcmp(option, "--keys") == 0) options.keys = value;
    else if (strcmp(option, "--env") == 0) set_variable(value);
    else wrong("unknown option ", option);
  }
  if (index + 1 >= count) wrong("no command; it comes after --", "");
  options.command = &arguments[index + 1];

  atexit(program_stop_all);
  if (strcmp(subject, "first-frame") == 0) return measure_first_frame(&options);
  if (strcmp(subject, "key") == 0) return measure_key(&options);
  if (strcmp(subject, "idle") == 0) return measure_idle(&options);
  wrong("cannot measure ", subject);
}

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "measure: ");
  vfprintf(stderr, format, arguments);
  fprintf(stderr, "\n");
  va_end(arguments);
  exit(1);
}

const char *own_path(void) {
  static char path[4096];
  if (path[0] == '\0') {
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length < 0) fail("cannot read /proc/self/exe");
    path[length] = '\0';
  }
  return path;
}
