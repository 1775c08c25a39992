#include "measure.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t second = 1000000000;

/// What the kernel says of one thread.
typedef struct {
  pid_t thread;
  char name[32];
  /// Time on a processor, in nanoseconds; -1 if the kernel does not count it that finely.
  int64_t run_time;
  /// User and system time, in clock ticks.
  long ticks;
  /// Voluntary switches are how often it went to sleep again, which is how often it was woken.
  long voluntary, involuntary;
} Thread;

typedef struct {
  Thread threads[256];
  size_t count;
} Snapshot;

/// Reads a whole small file of /proc; an empty text if it is gone.
static void read_file(const char *path, char *text, size_t size) {
  text[0] = '\0';
  FILE *file = fopen(path, "r");
  if (file == NULL) return;
  size_t count = fread(text, 1, size - 1, file);
  text[count] = '\0';
  fclose(file);
}

/// The number after a name in a text of lines `name: number`, or 0.
static long field(const char *text, const char *name) {
  const char *found = strstr(text, name);
  return found == NULL ? 0 : strtol(found + strlen(name), NULL, 10);
}

static Thread read_thread(pid_t process, pid_t number) {
  Thread thread = {.thread = number, .run_time = -1};
  char path[96], text[4096];
  snprintf(path, sizeof path, "/proc/%d/task/%d/stat", process, number);
  read_file(path, text, sizeof text);
  // The name is in parentheses and may contain any character, parentheses too.
  char *open = strchr(text, '('), *close = strrchr(text, ')');
  if (open == NULL || close == NULL) return thread;
  snprintf(thread.name, sizeof thread.name, "%.*s", (int)(close - open - 1), open + 1);
  long user = 0, system = 0;
  // Fields 3 to 13 come before the user and the system time.
  sscanf(close + 1, " %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %ld %ld", &user, &system);
  thread.ticks = user + system;
  snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", process, number);
  read_file(path, text, sizeof text);
  if (text[0] != '\0') thread.run_time = strtoll(text, NULL, 10);
  snprintf(path, sizeof path, "/proc/%d/task/%d/status", process, number);
  read_file(path, text, sizeof text);
  // The second name contains the first, so the line break belongs to it.
  thread.voluntary = field(text, "\nvoluntary_ctxt_switches:");
  thread.involuntary = field(text, "\nnonvoluntary_ctxt_switches:");
  return thread;
}

static void take(pid_t process, Snapshot *snapshot) {
  snapshot->count = 0;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", process);
  DIR *folder = opendir(path);
  if (folder == NULL) fail("the program has ended");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    if (snapshot->count == sizeof snapshot->threads / sizeof *snapshot->threads) fail("more than 256 threads");
    snapshot->threads[snapshot->count++] = read_thread(process, (pid_t)atoi(entry->d_name));
  }
  closedir(folder);
}

static const Thread *find(const Snapshot *snapshot, pid_t thread) {
  for (size_t i = 0; i < snapshot->count; i++)
    if (snapshot->threads[i].thread == thread) return &snapshot->threads[i];
  return NULL;
}

int measure_idle(const Options *options) {
  Program program;
  program_start(&program, options->command);
  if (options->keys != NULL) {
    program_await(&program, options->command[0], second / 2, 10 * second);
    program_send_keys(&program, options->keys);
  }
  program_await(&program, options->command[0], options->settle * second, 600 * second);

  static Snapshot before, after;
  take(program.process, &before);
  int64_t begin = now();
  Answer answer = {0};
  // Nothing is expected, but what comes must be taken, and it must not end the wait.
  while (now() - begin < options->seconds * second && program.terminal >= 0) {
    Answer part = program_read(&program, options->seconds * second, begin + options->seconds * second - now());
    answer.bytes += part.bytes;
  }
  if (!program_is_running(&program)) fail("%s ended while it was watched", options->command[0]);
  take(program.process, &after);
  double watched = (double)(now() - begin) / 1e9;

  char path[64], status[8192];
  snprintf(path, sizeof path, "/proc/%d/status", program.process);
  read_file(path, status, sizeof status);
  printf("%s, idle for %.1f s\n", options->command[0], watched);
  printf("  %-8s %-18s %10s %8s %10s %12s\n", "thread", "name", "CPU ms", "ticks", "wake-ups", "preempted");
  double cpu = 0;
  long ticks = 0, wakeups = 0, preempted = 0;
  for (size_t i = 0; i < after.count; i++) {
    const Thread *end = &after.threads[i], *start = find(&before, end->thread);
    Thread none = {0};
    // A thread that began meanwhile counts with all it did.
    if (start == NULL) start = &none;
    double used = end->run_time < 0 ? 0 : (double)(end->run_time - start->run_time) / 1e6;
    printf("  %-8d %-18s %10.3f %8ld %10ld %12ld%s\n", end->thread, end->name, used, end->ticks - start->ticks,
           end->voluntary - start->voluntary, end->involuntary - start->involuntary, start == &none ? "  (new)" : "");
    cpu += used;
    ticks += end->ticks - start->ticks;
    wakeups += end->voluntary - start->voluntary;
    preempted += end->involuntary - start->involuntary;
  }
  for (size_t i = 0; i < before.count; i++)
    if (find(&after, before.threads[i].thread) == NULL)
      printf("  %-8d %-18s ended meanwhile\n", before.threads[i].thread, before.threads[i].name);
  printf("  %-8s %-18s %10.3f %8ld %10ld %12ld\n", "all", "", cpu, ticks, wakeups, preempted);
  printf("  bytes written to the terminal meanwhile: %zu\n", answer.bytes);
  printf("  resident: %.1f MiB, at most so far: %.1f MiB\n", (double)field(status, "\nVmRSS:") / 1024,
         (double)field(status, "\nVmHWM:") / 1024);
  program_stop(&program);
  return 0;
}
