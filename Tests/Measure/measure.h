/// Measures terminal programs from outside, through a terminal of their own, against bare programs in C.
#ifndef MEASURE_H
#define MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Times are nanoseconds of CLOCK_MONOTONIC.

/// What all measurements are told on the command line.
typedef struct {
  /// How often to measure; 0 takes the default of the measurement.
  int repeats;
  /// For idle: how long to watch, in seconds.
  int seconds;
  /// For idle: how long the output must have been quiet before, in seconds.
  int settle;
  /// Keys to send once the first frame is there, or NULL. `\e`, `\r`, `\t` and `\\` are understood.
  const char *keys;
  /// The program and its arguments, ended by NULL.
  char **command;
} Options;

/// A program in a pseudoterminal.
typedef struct {
  pid_t process;
  /// The terminal's side of it; -1 when closed.
  int terminal;
  /// When the program was about to be executed.
  int64_t started;
  /// Whether it has asked for arrow keys in their application form (ESC O A, not ESC [ A).
  bool application_keys;
  /// All bytes it has written so far.
  size_t bytes;
  // The last bytes read, for sequences that two reads cut in two.
  char tail[16];
  size_t tail_length;
} Program;

/// What came back after something was awaited. Times are 0 when nothing came.
typedef struct {
  int64_t first_byte;
  /// The end of the first synchronised update (CSI ? 2026 l), or 0 if the program does not use them.
  int64_t first_update_end;
  int64_t last_byte;
  size_t bytes;
} Answer;

int64_t now(void);

/// Starts a program in a terminal of 120 columns and 32 rows. `program` must stay where it is until it is stopped.
void program_start(Program *program, char *const command[]);

/// Reads until the program has been quiet for `quiet`, or until `limit` from now; stops early when it ends.
Answer program_read(Program *program, int64_t quiet, int64_t limit);

/// Reads in the same way, and fails if nothing came or the program has ended.
Answer program_await(Program *program, const char *name, int64_t quiet, int64_t limit);

void program_send(Program *program, const char *bytes, size_t count);

/// Sends keys written with escapes, as in ``Options/keys``.
void program_send_keys(Program *program, const char *keys);

bool program_is_running(Program *program);

/// Ends the program (SIGTERM, after two seconds SIGKILL), and reaps it.
void program_stop(Program *program);

/// Stops whatever is still running; called on every way out.
void program_stop_all(void);

/// Says what went wrong on standard error, stops all programs and ends with status 1.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// Numbers, collected to take their median and percentiles.
typedef struct {
  int64_t *values;
  size_t count;
  size_t capacity;
} Series;

void series_add(Series *series, int64_t value);
/// The value at a fraction (0.5 is the median) of the sorted series, by the nearest-rank method; 0 if it is empty.
int64_t series_at(Series *series, double fraction);
void series_free(Series *series);

/// Prints a row: name, count, median, p99, least, greatest in milliseconds or microseconds.
void series_print(const char *name, Series *series, double unit);
/// Prints the ratio of two medians.
void ratio_print(const char *name, Series *measured, Series *baseline);

/// The path of this program, to start it again as a baseline.
const char *own_path(void);

int measure_first_frame(const Options *options);
int measure_key(const Options *options);
int measure_idle(const Options *options);

/// A bare ncurses program: fills the screen once and waits for a key.
int run_bare_curses(void);
/// Echoes bytes of a raw terminal until it is closed.
int run_echo_byte(void);

#endif
