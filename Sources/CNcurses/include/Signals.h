/// Signals as bytes in a pipe, so that they are handled between other events instead of in the middle of anything.
#ifndef CNCURSES_SIGNALS_H
#define CNCURSES_SIGNALS_H

#include <stdbool.h>

/// From now on, SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT and SIGWINCH write their number as one byte, on
/// whichever thread they arrive, and SIGPIPE does nothing.
///
/// SIGHUP and SIGTSTP stay ignored where the program was started with them ignored (`nohup`, no job control).
///
/// - Parameter descriptor: the writing end of a pipe that does not block.
/// - Returns: whether all could be taken over.
bool cn_signals_watch(int descriptor);

/// Gives the signals back as they were.
void cn_signals_unwatch(void);

/// Whether SIGTSTP was not ignored when the program was started.
bool cn_may_stop(void);

/// Stops the process group by the default action of a signal, as the terminal's driver does on Ctrl-Z, and returns when
/// it is continued. The kernel drops the signal where nobody could continue the group; then this returns at once.
void cn_stop_process_group(int signal_number);

#endif
