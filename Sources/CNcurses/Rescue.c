#include "Rescue.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/// What Swift's traps, bad memory accesses and `abort` end in.
static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
enum { crash_count = sizeof crashes / sizeof *crashes, text_capacity = 1024, stack_size = 64 * 1024 };

static atomic_bool is_armed;
static int terminal = -1;
static struct termios modes;
static char text[text_capacity];
static size_t text_length;
static struct sigaction previous[crash_count];
static char handler_stack[stack_size];

bool cn_is_foreground(int descriptor) {
  pid_t foreground = tcgetpgrp(descriptor);
  return foreground == -1 || foreground == getpgrp();
}

static void give_terminal_back(void) {
  if (!atomic_exchange(&is_armed, false) || !cn_is_foreground(terminal)) return;
  for (size_t written = 0; written < text_length;) {
    ssize_t count = write(terminal, text + written, text_length - written);
    if (count < 0 && errno == EINTR) continue;
    // The terminal is gone or does not take anything: its modes are all that can still be put right.
    if (count <= 0) break;
    written += (size_t)count;
  }
  tcsetattr(terminal, TCSANOW, &modes);
}

static void rescue_from_crash(int signal_number) {
  give_terminal_back();
  // The handlers that were there before are not called: Swift's would ask questions on the terminal for 30 seconds.
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal_number, &standard, NULL);
  // The signal is blocked while this handler runs, so this takes effect when it returns.
  raise(signal_number);
}

bool cn_rescue_arm(int descriptor, const void *original_modes, const char *restoring_text, size_t length) {
  static bool is_registered = false;
  if (length > text_capacity) return false;
  if (!is_registered && atexit(give_terminal_back) != 0) return false;
  is_registered = true;
  memcpy(text, restoring_text, length);
  text_length = length;
  memcpy(&modes, original_modes, sizeof modes);
  terminal = descriptor;

  // A stack that has overflowed has no room for its own handler.
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE) != 0) {
    stack = (stack_t){.ss_sp = handler_stack, .ss_size = stack_size};
    sigaltstack(&stack, NULL);
  }
  atomic_store(&is_armed, true);
  struct sigaction action = {.sa_handler = rescue_from_crash, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < crash_count; index++) sigaction(crashes[index], &action, &previous[index]);
  return true;
}

void cn_rescue_disarm(void) {
  if (terminal == -1) return;
  atomic_store(&is_armed, false);
  for (int index = 0; index < crash_count; index++) sigaction(crashes[index], &previous[index], NULL);
  terminal = -1;
}
