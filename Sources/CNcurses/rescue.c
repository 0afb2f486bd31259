#define _GNU_SOURCE
#include "CNcurses.h"
#include "rescue.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// A trap in Swift does not unwind, and `exit` does not either: what gives the terminal back then must be ready
// beforehand, and use nothing but what POSIX allows in a signal handler.

static struct {
    int input, output;
    struct termios modes;
    char sequence[512];
    size_t count;
    atomic_bool armed;
} rescue;

static void rescue_now(void) {
    if (!atomic_exchange(&rescue.armed, false)) return;
    size_t written = 0;
    while (written < rescue.count) {
        ssize_t result = write(rescue.output, rescue.sequence + written, rescue.count - written);
        if (result > 0) written += (size_t)result;
        else if (errno != EINTR) break;
    }
    tcsetattr(rescue.input, TCSANOW, &rescue.modes);
}

#pragma mark - Signals

// The first six are crashes; whoever caught them before us (a runtime that prints backtraces) gets them after us. The
// others end a process that does nothing about them. SIGPIPE is not among them: whoever writes to sockets ignores it, and
// may begin to at any time.
static const int signals[] = {
    SIGSEGV, SIGBUS,  SIGILL,  SIGTRAP,   SIGABRT, SIGFPE,  SIGSYS,
    SIGXCPU, SIGXFSZ, SIGALRM, SIGPROF, SIGVTALRM, SIGUSR1, SIGUSR2,
};
enum { CRASHES = 6, SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction previous[SIGNALS];
static bool caught[SIGNALS];

static void handle(int signal) {
    int error = errno;
    rescue_now();
    for (int i = 0; i < SIGNALS; i++)
        if (signals[i] == signal) sigaction(signal, &previous[i], NULL);
    // Comes when this handler has returned, and does then what it would have done without us.
    raise(signal);
    errno = error;
}

static void catch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &previous[i]);
        bool is_default = !(previous[i].sa_flags & SA_SIGINFO) && previous[i].sa_handler == SIG_DFL;
        caught[i] = (i < CRASHES || is_default) && sigaction(signals[i], &action, NULL) == 0;
    }
}

#pragma mark - Use

void cn_rescue_prepare(int input, int output, const char *sequence, size_t count) {
    static bool registered;
    if (!registered) registered = atexit(rescue_now) == 0;
    rescue.input = input;
    rescue.output = output;
    rescue.count = count < sizeof rescue.sequence ? count : sizeof rescue.sequence;
    memcpy(rescue.sequence, sequence, rescue.count);
    tcgetattr(input, &rescue.modes);
    catch_signals();
}

void cn_rescue_arm(bool armed) { atomic_store(&rescue.armed, armed); }

void cn_guard_stack(void) {
    static _Thread_local char stack[1 << 15];
    static _Thread_local bool is_guarded;
    if (is_guarded) return;
    is_guarded = true;
    stack_t former, own = {.ss_sp = stack, .ss_size = sizeof stack};
    if (sigaltstack(NULL, &former) == 0 && former.ss_flags & SS_DISABLE) sigaltstack(&own, NULL);
}

void cn_rescue_end(void) {
    cn_rescue_arm(false);
    for (int i = 0; i < SIGNALS; i++) {
        if (!caught[i]) continue;
        caught[i] = false;
        struct sigaction current;
        // Somebody who took it over meanwhile keeps it.
        if (sigaction(signals[i], NULL, &current) == 0 && current.sa_handler == handle)
            sigaction(signals[i], &previous[i], NULL);
    }
}

void cn_rescue_restore_modes(void) { tcsetattr(rescue.input, TCSADRAIN, &rescue.modes); }
