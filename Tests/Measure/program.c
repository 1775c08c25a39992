#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// The programs that run now. Two at most: the one measured and its baseline.
static Program *running[4];

int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void watch(Program *program, bool add) {
  for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
    if (running[i] == (add ? NULL : program)) {
      running[i] = add ? program : NULL;
      return;
    }
  }
}

void program_start(Program *program, char *const command[]) {
  // Tells the time just before exec, and by its closing whether exec succeeded.
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) fail("pipe: %s", strerror(errno));
  struct winsize size = {.ws_row = 32, .ws_col = 120};
  *program = (Program){0};
  program->process = forkpty(&program->terminal, NULL, NULL, &size);
  if (program->process < 0) fail("forkpty: %s", strerror(errno));
  if (program->process == 0) {
    int64_t started = now();
    if (write(report[1], &started, sizeof started) != sizeof started) _exit(126);
    execvp(command[0], command);
    int reason = errno;
    if (write(report[1], &reason, sizeof reason) != sizeof reason) _exit(126);
    _exit(127);
  }
  close(report[1]);
  fcntl(program->terminal, F_SETFD, FD_CLOEXEC);
  watch(program, true);
  int reason = 0;
  if (read(report[0], &program->started, sizeof program->started) != sizeof program->started)
    fail("%s could not be started", command[0]);
  ssize_t failed = read(report[0], &reason, sizeof reason);
  close(report[0]);
  if (failed > 0) fail("%s: %s", command[0], strerror(reason));
}

/// Where a sequence ends in the newest bytes (with the tail of those before), or NULL.
static const char *end_of(const char *sequence, const char *bytes, size_t count) {
  const char *found = memmem(bytes, count, sequence, strlen(sequence));
  return found == NULL ? NULL : found + strlen(sequence);
}

Answer program_read(Program *program, int64_t quiet, int64_t limit) {
  Answer answer = {0};
  int64_t deadline = now() + limit;
  while (program->terminal >= 0) {
    int64_t time = now();
    // Before the first byte only the limit counts.
    int64_t until = answer.last_byte == 0 ? deadline : answer.last_byte + quiet;
    if (until > deadline) until = deadline;
    if (time >= until) break;
    struct timespec timeout = {.tv_sec = (until - time) / 1000000000, .tv_nsec = (until - time) % 1000000000};
    struct pollfd ready = {.fd = program->terminal, .events = POLLIN};
    int polled = ppoll(&ready, 1, &timeout, NULL);
    if (polled < 0 && errno == EINTR) continue;
    if (polled < 0) fail("poll: %s", strerror(errno));
    if (polled == 0) continue;
    char bytes[sizeof program->tail + 65536];
    memcpy(bytes, program->tail, program->tail_length);
    ssize_t count = read(program->terminal, bytes + program->tail_length, 65536);
    time = now();
    if (count <= 0) {
      // EIO: the last process of the terminal is gone.
      close(program->terminal);
      program->terminal = -1;
      break;
    }
    if (answer.first_byte == 0) answer.first_byte = time;
    answer.last_byte = time;
    answer.bytes += (size_t)count;
    program->bytes += (size_t)count;
    size_t total = program->tail_length + (size_t)count;
    if (answer.first_update_end == 0 && end_of("\033[?2026l", bytes, total) != NULL) answer.first_update_end = time;
    if (end_of("\033[?1h", bytes, total) != NULL) program->application_keys = true;
    program->tail_length = total < 7 ? total : 7;
    memmove(program->tail, bytes + total - program->tail_length, program->tail_length);
    // What has been seen must not be found again.
    if (end_of("\033[?2026l", program->tail, program->tail_length) != NULL) program->tail_length = 0;
  }
  return answer;
}

Answer program_await(Program *program, const char *name, int64_t quiet, int64_t limit) {
  Answer answer = program_read(program, quiet, limit);
  if (program->terminal < 0 || !program_is_running(program)) fail("%s has ended", name);
  if (answer.bytes == 0) fail("%s drew nothing for %d seconds", name, (int)(limit / 1000000000));
  return answer;
}

void program_send(Program *program, const char *bytes, size_t count) {
  if (program->terminal < 0 || write(program->terminal, bytes, count) != (ssize_t)count)
    fail("the program does not take keys any more");
}

void program_send_keys(Program *program, const char *keys) {
  for (const char *key = keys; *key != '\0'; key++) {
    char byte = *key;
    if (byte == '\\' && key[1] != '\0') {
      key++;
      byte = *key == 'e' ? '\033' : *key == 'r' ? '\r' : *key == 't' ? '\t' : *key;
    }
    program_send(program, &byte, 1);
  }
}

bool program_is_running(Program *program) {
  siginfo_t info = {0};
  return waitid(P_PID, (id_t)program->process, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

void program_stop(Program *program) {
  if (program->process <= 0) return;
  kill(program->process, SIGTERM);
  int64_t patience = now() + 2000000000;
  while (program_is_running(program)) {
    if (now() > patience) kill(program->process, SIGKILL);
    // Its last words have to be read, or it might wait for the terminal to take them.
    if (program->terminal >= 0) program_read(program, 5000000, 5000000);
    else poll(NULL, 0, 5);
  }
  waitpid(program->process, NULL, 0);
  if (program->terminal >= 0) close(program->terminal);
  program->terminal = -1;
  program->process = 0;
  watch(program, false);
}

void program_stop_all(void) {
  for (size_t i = 0; i < sizeof running / sizeof *running; i++)
    if (running[i] != NULL) program_stop(running[i]);
}
