#include "Signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH, SIGPIPE};
enum { watched_count = sizeof watched / sizeof *watched };

static volatile sig_atomic_t pipe_descriptor = -1;
static struct sigaction previous[watched_count];
static bool may_stop = true;

static void write_to_pipe(int signal_number) {
  int error = errno;
  uint8_t byte = (uint8_t)signal_number;
  // A pipe that is full already holds more than the loop needs to know.
  ssize_t written = write(pipe_descriptor, &byte, 1);
  (void)written;
  errno = error;
}

/// Unlike an ignored signal, one with an empty handler is back at its default in programs that this one starts.
static void do_nothing(int signal_number) { (void)signal_number; }

bool cn_signals_watch(int descriptor) {
  pipe_descriptor = descriptor;
  bool succeeded = true;
  for (int index = 0; index < watched_count; index++) {
    int number = watched[index];
    if (sigaction(number, NULL, &previous[index]) != 0) {
      succeeded = false;
      continue;
    }
    bool is_ignored = previous[index].sa_handler == SIG_IGN;
    if (number == SIGTSTP) may_stop = !is_ignored;
    if (is_ignored && (number == SIGTSTP || number == SIGHUP || number == SIGPIPE)) continue;
    struct sigaction action = {
        .sa_handler = number == SIGPIPE ? do_nothing : write_to_pipe,
        .sa_flags = SA_RESTART | SA_ONSTACK,
    };
    sigemptyset(&action.sa_mask);
    if (sigaction(number, &action, NULL) != 0) succeeded = false;
  }
  return succeeded;
}

void cn_signals_unwatch(void) {
  if (pipe_descriptor == -1) return;
  for (int index = 0; index < watched_count; index++) sigaction(watched[index], &previous[index], NULL);
  pipe_descriptor = -1;
}

bool cn_may_stop(void) { return may_stop; }

void cn_stop_process_group(int signal_number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  struct sigaction present;
  sigemptyset(&standard.sa_mask);
  if (sigaction(signal_number, &standard, &present) != 0) return;
  kill(0, signal_number);
  sigaction(signal_number, &present, NULL);
}
