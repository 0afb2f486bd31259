#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The terminal, as Swift may use it. ncurses keeps its state in globals and describes itself in macros; both stay behind
// these functions, which are for one thread at a time.

#pragma mark - Screen

/// How taking a terminal went.
typedef enum {
    CN_TAKEN,
    /// The descriptor is no terminal.
    CN_NOT_A_TERMINAL,
    /// There is no description of a terminal of this type.
    CN_UNKNOWN_TYPE,
    /// The terminal cannot place its cursor or clear its screen.
    CN_TOO_SIMPLE,
    /// There was no memory or no descriptor left.
    CN_FAILED,
} cn_result;

/// Attributes of text, to be joined with `|`.
typedef enum {
    CN_BOLD = 1,
    CN_DIM = 2,
    CN_ITALIC = 4,
    CN_UNDERLINE = 8,
    CN_REVERSE = 16,
} cn_attribute;

/// Takes the locale's character set for this process; says whether that is UTF-8.
bool cn_use_locale(bool prefer_utf8);

/// Prepares the terminal behind the two descriptors, which stay the caller's; nothing is written yet.
cn_result cn_open(const char *type, int input, int output);

/// Undoes `cn_open`. The terminal has been left before.
void cn_close(void);

/// Enters the alternate screen, takes the keyboard raw, and draws what the window holds.
void cn_enter(void);

/// Gives the terminal back as it was before `cn_open`. `drops_input`: without what has come and nobody has read, which
/// the shell would take for something typed.
void cn_leave(bool drops_input);

/// What the terminal says that its size is; false where it does not know.
bool cn_ask_size(int *height, int *width);

/// Rows and columns of the window.
int cn_rows(void);
int cn_columns(void);

/// Gives the window another size; the next `cn_refresh` draws all of it.
void cn_resize(int height, int width);

/// Starts a row from its left edge.
void cn_row_begin(void);

/// Adds text in UTF-8, as far as there is room; says how many control characters were dropped from it.
size_t cn_row_add(const uint8_t *text, size_t count, unsigned attributes, int pair);

/// Fills the row up to its right edge and puts it in its place.
void cn_row_end(int row, unsigned attributes, int pair);

/// Writes what has changed since the last time, and puts the cursor into its place; a negative row hides it. `at_once`:
/// the terminal is to show nothing before all is written (private mode 2026).
void cn_refresh(int cursor_row, int cursor_column, bool at_once);

/// Clears the terminal and writes all.
void cn_redraw(void);

/// Has clicks and the wheel reported, in xterm's SGR form, where the terminal's description knows of a mouse.
void cn_report_mouse(bool reports);

/// Asks a terminal of xterm's kind for the colour of its background, if wanted, and, last, whether it knows private mode
/// 2026. The answers come as input. Says whether it was asked.
bool cn_ask(bool background);

/// Writes bytes to the terminal as they are, after all that was refreshed.
void cn_write(const char *bytes, size_t count);

/// The bytes of a string capability such as `kcuu1`; null where the terminal has none.
const char *cn_capability(const char *name);

#pragma mark - Colours

/// Starts colours and says how many there are; 0 on a monochrome terminal.
int cn_start_colors(bool *has_defaults);

/// The pair of these colours; -1 is the terminal's default. When there are no more, the one used least recently goes.
int cn_pair(int foreground, int background);

#pragma mark - Signals

/// Catches the signals of a terminal's life: SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM. Those that
/// the process was started to ignore stay ignored. Returns a descriptor that becomes readable when one has come, to be
/// closed by the caller, or -1.
///
/// A pipe of our own and not signalfd: handlers vanish by themselves in a program started from here, while a signal
/// mask or an ignored signal would be inherited.
int cn_signals_open(void);

/// Which signals came since the last time; bit n stands for signal n.
uint64_t cn_signals_take(int descriptor);

/// Makes these never have come, if nobody has taken them yet.
void cn_signals_forget(uint64_t set);

/// Gives the signals back to whom they belonged.
void cn_signals_close(void);

/// Whether SIGTSTP is caught, or stops the process at once: there is nothing to give back while the terminal is away.
void cn_signals_catch_stop(bool catches);

/// Stops this process and its group as the terminal's suspend key would, and returns when it is continued; at once
/// where nobody would continue it. SIGTSTP must not be caught.
void cn_stop(void);

/// Lets a crash of this thread give the terminal back even if its stack has overflowed. Cheap, and to be said whenever
/// something begins on the main queue, which Dispatch runs on one thread now and on another then.
void cn_guard_stack(void);
