#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction previous[SIGNALS];
static bool caught[SIGNALS];
static atomic_uint_least64_t pending;
static atomic_int pipe_end = -1;

static void handle(int signal) {
    int error = errno;
    atomic_fetch_or(&pending, (uint_least64_t)1 << signal);
    // A full pipe has woken the reader already.
    if (write(atomic_load(&pipe_end), "", 1) < 0) {}
    errno = error;
}

static struct sigaction our_action(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    return action;
}

static bool is_ignored(const struct sigaction *action) {
    return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_IGN;
}

int cn_signals_open(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    atomic_store(&pipe_end, ends[1]);
    atomic_store(&pending, 0);
    struct sigaction action = our_action();
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &previous[i]);
        caught[i] = !is_ignored(&previous[i]) && sigaction(signals[i], &action, NULL) == 0;
    }
    return ends[0];
}

uint64_t cn_signals_take(int descriptor) {
    char bytes[64];
    while (read(descriptor, bytes, sizeof bytes) > 0) {}
    return atomic_exchange(&pending, 0);
}

void cn_signals_forget(uint64_t set) {
    struct sigaction former, ignore = {.sa_handler = SIG_IGN};
    for (int i = 0; i < SIGNALS; i++) {
        if (!(set >> signals[i] & 1)) continue;
        // Ignoring a signal drops it where it waits for a thread to come around to it.
        sigaction(signals[i], &ignore, &former);
        sigaction(signals[i], &former, NULL);
    }
    atomic_fetch_and(&pending, ~(uint_least64_t)set);
}

void cn_signals_close(void) {
    for (int i = 0; i < SIGNALS; i++)
        if (caught[i]) sigaction(signals[i], &previous[i], NULL);
    close(atomic_exchange(&pipe_end, -1));
}

static bool may_stop(void) {
    struct sigaction action;
    return sigaction(SIGTSTP, NULL, &action) == 0 && !is_ignored(&action);
}

void cn_signals_catch_stop(bool catches) {
    struct sigaction ours = our_action(), standard = {.sa_handler = SIG_DFL};
    if (may_stop()) sigaction(SIGTSTP, catches ? &ours : &standard, NULL);
}

void cn_stop(void) {
    if (!may_stop()) return;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL};

    // First the others of the group. Our own share of that signal is thrown away: it could go to any thread, and come
    // after this one has taken the terminal again. Ignoring it once more drops it where it was blocked and waits.
    sigaction(SIGTSTP, &ignore, NULL);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &ignore, NULL);

    // Then this thread, and so the process: sent to a thread that does not block it, it works before the call returns.
    // Threads of Dispatch block it. In an orphaned group, which nobody would continue, the kernel does nothing.
    sigaction(SIGTSTP, &standard, NULL);
    sigset_t mask, stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    pthread_kill(pthread_self(), SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}
