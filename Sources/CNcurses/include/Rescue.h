/// Gives the terminal back when the program ends without having been asked: on a crash, or when `exit` is called.
///
/// Everything that runs then is safe within a signal handler, unlike `endwin`.
#ifndef CNCURSES_RESCUE_H
#define CNCURSES_RESCUE_H

#include <stdbool.h>
#include <stddef.h>

/// Keeps what gives the terminal back, and takes over the signals of crashes.
///
/// - Parameters:
///   - descriptor: the terminal; to stay open until `cn_rescue_disarm`.
///   - modes: a `struct termios`, the terminal's modes before the program changed them; copied. Not declared so, because
///     Swift would take its own struct for one of this module then.
///   - text: what takes the terminal back to its usual state; copied.
/// - Returns: whether it could be done; not when `text` is longer than 1,024 bytes.
bool cn_rescue_arm(int descriptor, const void *modes, const char *text, size_t length);

/// Lets go of the terminal and gives the signals back to whoever had them.
void cn_rescue_disarm(void);

/// Whether the terminal takes what this process does to it: it is in the foreground, or this is not the terminal that
/// controls the process. Changing the modes from the background would stop the process, or disturb the shell.
bool cn_is_foreground(int descriptor);

#endif
