#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include "CNcurses.h"
#include "rescue.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

// Beyond what ncurses switches by itself: pasted text comes in brackets; mouse reports are off afterwards whoever had
// them on, and no picture is held back.
#define ENTER "\033[?2004h"
#define LEAVE "\033[?2026l\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l"

static struct {
    SCREEN *screen;
    FILE *input, *output;
    int output_descriptor;
    // Says CSI, so that it takes or ignores the private modes above.
    bool is_ansi;
    // Describes itself as one of xterm's kind: asked something, it answers, or at least shows nothing.
    bool is_xterm;
    bool has_mouse;
    // Switches to the ordinary characters, where ncurses has been told that it need not.
    char ordinary[16];
} state;

#pragma mark - Opening and closing

bool cn_use_locale(bool prefer_utf8) {
    // Nothing but the character set: a decimal comma would break what others print and parse.
    setlocale(LC_CTYPE, "");
    if (prefer_utf8 && strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static char farewell[512];
static size_t farewell_count;

static int append_farewell(int byte) {
    if (farewell_count < sizeof farewell) farewell[farewell_count++] = (char)byte;
    return byte;
}

/// What gives the terminal back after a crash, in the order in which it was taken, backwards.
static void compose_farewell(void) {
    const char *parts[] = {state.is_ansi ? LEAVE : NULL, exit_attribute_mode, orig_pair, cursor_normal, keypad_local,
                           exit_ca_mode};
    farewell_count = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]) tputs(parts[i], 1, append_farewell);
}

/// Whether one can draw on this type of terminal. Asked beforehand, since `newterm` says only that it failed.
static cn_result examine(const char *type, int output) {
    int status = 0;
    if (setupterm(type, output, &status) != OK) return status == 1 ? CN_TOO_SIMPLE : CN_UNKNOWN_TYPE;
    bool is_able = cursor_address && clear_screen && !hard_copy && !generic_type;
    if (is_able) {
        state.is_ansi = strncmp(cursor_address, "\033[", 2) == 0;
        compose_farewell();
    }
    bool is_kin = tigetflag("XT") > 0 || strncmp(type, "tmux", 4) == 0 || strncmp(type, "screen", 6) == 0;
    state.is_xterm = state.is_ansi && is_kin;
    state.has_mouse = state.is_ansi && cn_capability("kmous") != NULL;
    del_curterm(cur_term);
    return is_able ? CN_TAKEN : CN_TOO_SIMPLE;
}

static FILE *open_copy(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

static void cut(char *whole, const char *part) {
    char *place = strstr(whole, part);
    if (place) memmove(place, place + strlen(part), strlen(place + strlen(part)) + 1);
}

/// Most terminals' descriptions switch to the ordinary characters whenever the style changes. Since nothing is drawn with
/// those for lines, it is enough where another program may have left them switched.
static void use_ordinary_characters(void) {
    char choice[64], *style = (char *)cn_capability("sgr"), *plain = (char *)cn_capability("sgr0");
    const char *special = cn_capability("smacs"), *ordinary = cn_capability("rmacs");
    if (!style || !plain || !special || !ordinary) return;
    int count = snprintf(choice, sizeof choice, "%%?%%p9%%t%s%%e%s%%;", special, ordinary);
    if (count >= (int)sizeof choice || !strstr(style, choice) || strlen(ordinary) >= sizeof state.ordinary) return;
    strcpy(state.ordinary, ordinary);
    // In its own copy of the description.
    cut(style, choice);
    cut(plain, ordinary);
}

static bool start(const char *type) {
    if (!state.input || !state.output) return false;
    state.output_descriptor = fileno(state.output);
    cn_rescue_prepare(fileno(state.input), state.output_descriptor, farewell, farewell_count);
    // The window has the size that it has, whatever LINES and COLUMNS say.
    use_env(false);
    use_tioctl(true);
    state.screen = newterm(type, state.output, state.input);
    if (state.screen) use_ordinary_characters();
    return state.screen != NULL;
}

/// Where another job has the terminal, stops this one until it is its turn, as the kernel does with a program that
/// touches the terminal then. It spares those that block the signal, and threads of Dispatch do.
static void await_foreground(int descriptor) {
    sigset_t mask, background;
    sigemptyset(&background);
    sigaddset(&background, SIGTTOU);
    pthread_sigmask(SIG_UNBLOCK, &background, &mask);
    tcdrain(descriptor);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

cn_result cn_open(const char *type, int input, int output) {
    if (!isatty(input) || !isatty(output)) return CN_NOT_A_TERMINAL;
    await_foreground(output);
    cn_result result = examine(type, output);
    if (result != CN_TAKEN) return result;
    state.input = open_copy(input, "r");
    state.output = open_copy(output, "w");
    if (!start(type)) {
        cn_close();
        return CN_FAILED;
    }
    raw();
    noecho();
    nonl();
    keypad(stdscr, true);
    return CN_TAKEN;
}

void cn_close(void) {
    cn_rescue_end();
    if (state.screen) delscreen(state.screen);
    if (state.input) fclose(state.input);
    if (state.output) fclose(state.output);
    memset(&state, 0, sizeof state);
}

void cn_enter(void) {
    await_foreground(state.output_descriptor);
    cn_rescue_arm(true);
    cn_redraw();
    if (state.is_ansi) cn_write(ENTER, sizeof ENTER - 1);
}

void cn_leave(bool drops_input) {
    if (drops_input) tcflush(fileno(state.input), TCIFLUSH);
    if (state.is_ansi) cn_write(LEAVE, sizeof LEAVE - 1);
    cn_write(state.ordinary, strlen(state.ordinary));
    endwin();
    cn_rescue_restore_modes();
    cn_rescue_arm(false);
}

void cn_redraw(void) {
    cn_write(state.ordinary, strlen(state.ordinary));
    clearok(curscr, true);
    wrefresh(stdscr);
}

void cn_report_mouse(bool reports) {
    static const char on[] = "\033[?1000h\033[?1006h", off[] = "\033[?1006l\033[?1000l";
    if (state.has_mouse) cn_write(reports ? on : off, (reports ? sizeof on : sizeof off) - 1);
}

bool cn_ask(bool background) {
    static const char mode[] = "\033[?2026$p", color[] = "\033]11;?\033\\";
    if (!state.is_xterm) return false;
    if (background) cn_write(color, sizeof color - 1);
    cn_write(mode, sizeof mode - 1);
    return true;
}

#pragma mark - Size

bool cn_ask_size(int *height, int *width) {
    struct winsize size;
    if (ioctl(state.output_descriptor, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col) return false;
    *height = size.ws_row;
    *width = size.ws_col;
    return true;
}

int cn_rows(void) { return getmaxy(stdscr); }

int cn_columns(void) { return getmaxx(stdscr); }

void cn_resize(int height, int width) { resizeterm(height, width); }

#pragma mark - Writing past the window

void cn_write(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t result = write(state.output_descriptor, bytes, count);
        if (result < 0 && errno != EINTR) return;
        if (result > 0) {
            bytes += result;
            count -= (size_t)result;
        }
    }
}

const char *cn_capability(const char *name) {
    // -1 and null: not a string, not there.
    char *value = tigetstr(name);
    return value == (char *)-1 ? NULL : value;
}
