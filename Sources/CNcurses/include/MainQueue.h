/// libdispatch's main queue for a main thread that waits in a loop of its own.
///
/// These two names are how CoreFoundation's run loop, and no public header, does it; both runtimes of Swift for Linux
/// export them. Without them, either the main thread could not wait for the terminal, or nothing would run `MainActor`.
#ifndef CNCURSES_MAIN_QUEUE_H
#define CNCURSES_MAIN_QUEUE_H

/// An eventfd that is readable while the main queue has jobs.
int _dispatch_get_main_queue_handle_4CF(void);

/// Runs the jobs of the main queue. To be called on the main thread. The argument is ignored.
void _dispatch_main_queue_callback_4CF(void *ignored);

#endif
