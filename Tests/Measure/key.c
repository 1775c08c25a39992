#include "measure.h"

#include <stdio.h>

static const int64_t millisecond = 1000000;

typedef struct {
  Series first_byte, last_byte, bytes;
  int silent;
} Answers;

/// Sends one key and notes when the answer came.
static void press_once(Program *program, const char *key, size_t length, Answers *answers) {
  int64_t sent = now();
  program_send(program, key, length);
  Answer answer = program_read(program, 20 * millisecond, 500 * millisecond);
  if (answer.first_byte == 0) {
    answers->silent++;
    return;
  }
  series_add(&answers->first_byte, answer.first_byte - sent);
  series_add(&answers->last_byte, answer.last_byte - sent);
  series_add(&answers->bytes, (int64_t)answer.bytes);
}

static void print(const char *name, Answers *answers) {
  printf("%s, microseconds from the key\n", name);
  series_print("first byte", &answers->first_byte, 1e3);
  series_print("last byte before 20 ms of quiet", &answers->last_byte, 1e3);
  series_print("bytes", &answers->bytes, 1);
  if (answers->silent > 0) printf("  %-34s %d\n", "keys without any answer", answers->silent);
}

static void release(Answers *answers) {
  series_free(&answers->first_byte);
  series_free(&answers->last_byte);
  series_free(&answers->bytes);
}

int measure_key(const Options *options) {
  int repeats = options->repeats > 0 ? options->repeats : 300;
  char *const baseline_command[] = {(char *)own_path(), (char *)"echo-byte", NULL};
  Program program, echo;
  program_start(&program, options->command);
  program_start(&echo, baseline_command);
  program_await(&program, options->command[0], 500 * millisecond, 10000 * millisecond);
  if (options->keys != NULL) {
    program_send_keys(&program, options->keys);
    program_read(&program, 500 * millisecond, 10000 * millisecond);
  }
  // The echo program says that it is ready, by one byte.
  program_await(&echo, "echo-byte", 20 * millisecond, 5000 * millisecond);

  const char *down = program.application_keys ? "\033OB" : "\033[B";
  const char *up = program.application_keys ? "\033OA" : "\033[A";
  Answers measured = {0}, baseline = {0}, warm_up = {0};
  for (int i = -10; i < repeats; i++) {
    press_once(&program, i % 2 == 0 ? down : up, 3, i < 0 ? &warm_up : &measured);
    press_once(&echo, "x", 1, i < 0 ? &warm_up : &baseline);
  }
  bool alive = program_is_running(&program);
  program_stop(&program);
  program_stop(&echo);
  if (!alive) fail("%s ended while it was measured", options->command[0]);

  print(options->command[0], &measured);
  print("program that echoes a byte", &baseline);
  printf("ratio of medians\n");
  ratio_print("first byte", &measured.first_byte, &baseline.first_byte);
  ratio_print("last byte", &measured.last_byte, &baseline.last_byte);
  release(&measured);
  release(&baseline);
  release(&warm_up);
  return 0;
}
