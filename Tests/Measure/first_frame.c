#include "measure.h"

#include <stdio.h>

static const int64_t millisecond = 1000000;

typedef struct {
  Series first_byte, frame, settled, bytes;
} Starts;

/// Starts the program once and notes when its first frame was there.
static void start_once(char *const command[], Starts *starts) {
  Program program;
  program_start(&program, command);
  Answer answer = program_await(&program, command[0], 20 * millisecond, 5000 * millisecond);
  int64_t frame = answer.first_update_end != 0 ? answer.first_update_end : answer.last_byte;
  series_add(&starts->first_byte, answer.first_byte - program.started);
  series_add(&starts->frame, frame - program.started);
  series_add(&starts->settled, answer.last_byte - program.started);
  series_add(&starts->bytes, (int64_t)answer.bytes);
  program_stop(&program);
}

static void print(const char *name, Starts *starts) {
  printf("%s, milliseconds from exec\n", name);
  series_print("first byte", &starts->first_byte, 1e6);
  series_print("first frame whole", &starts->frame, 1e6);
  series_print("last byte before 20 ms of quiet", &starts->settled, 1e6);
  series_print("bytes", &starts->bytes, 1);
}

static void release(Starts *starts) {
  series_free(&starts->first_byte);
  series_free(&starts->frame);
  series_free(&starts->settled);
  series_free(&starts->bytes);
}

int measure_first_frame(const Options *options) {
  int repeats = options->repeats > 0 ? options->repeats : 30;
  char *const baseline_command[] = {(char *)own_path(), (char *)"bare-curses", NULL};
  Starts measured = {0}, baseline = {0}, warm_up = {0};
  // The first start of each reads its file from the disk.
  start_once(options->command, &warm_up);
  start_once(baseline_command, &warm_up);
  for (int i = 0; i < repeats; i++) {
    start_once(options->command, &measured);
    start_once(baseline_command, &baseline);
  }
  print(options->command[0], &measured);
  print("bare ncurses program", &baseline);
  printf("ratio of medians\n");
  ratio_print("first byte", &measured.first_byte, &baseline.first_byte);
  ratio_print("first frame whole", &measured.frame, &baseline.frame);
  release(&measured);
  release(&baseline);
  release(&warm_up);
  return 0;
}
