#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include "CNcurses.h"

#include <curses.h>
#include <stdlib.h>
#include <wchar.h>

#pragma mark - Rows

// A row is put together here and handed over whole: `wadd_wchnstr` neither wraps nor scrolls, so that the last column
// and the last row are like any other, and nothing of what stood there before is left, not even half a wide character.
static struct {
    cchar_t *cells;
    int capacity, count, width, column;
    bool is_full;
} row;

void cn_row_begin(void) {
    row.width = getmaxx(stdscr);
    row.count = row.column = 0;
    row.is_full = false;
    if (row.capacity >= row.width) return;
    free(row.cells);
    row.cells = calloc((size_t)row.width, sizeof *row.cells);
    row.capacity = row.cells ? row.width : 0;
}

static attr_t attributes_of(unsigned attributes) {
    return (attributes & CN_BOLD ? A_BOLD : 0) | (attributes & CN_DIM ? A_DIM : 0)
        | (attributes & CN_ITALIC ? A_ITALIC : 0) | (attributes & CN_UNDERLINE ? A_UNDERLINE : 0)
        | (attributes & CN_REVERSE ? A_REVERSE : 0);
}

/// Puts a combining character onto the cell before it, if there is one and it has room.
static void combine(wchar_t character) {
    if (row.count == 0) return;
    wchar_t *characters = row.cells[row.count - 1].chars;
    for (int i = 1; i < CCHARW_MAX; i++) {
        if (characters[i]) continue;
        characters[i] = character;
        return;
    }
}

static void add(wchar_t character, attr_t attributes, int pair) {
    int width = wcwidth(character);
    if (width == 0) {
        combine(character);
        return;
    }
    // The C library does not know it, or the locale cannot say it.
    if (width < 0) character = L'?', width = 1;
    row.is_full = row.column + width > row.width || row.count >= row.capacity;
    if (row.is_full) return;
    wchar_t characters[] = {character, 0};
    setcchar(&row.cells[row.count++], characters, attributes, 0, &pair);
    row.column += width;
}

/// The character that starts here, in UTF-8 known to be valid; moves on behind it.
static wchar_t next_character(const uint8_t **text, const uint8_t *end) {
    uint32_t character = *(*text)++;
    if (character >= 0xC0) character &= character >= 0xF0 ? 0x07 : character >= 0xE0 ? 0x0F : 0x1F;
    while (*text < end && (**text & 0xC0) == 0x80) character = character << 6 | (*(*text)++ & 0x3F);
    return (wchar_t)character;
}

size_t cn_row_add(const uint8_t *text, size_t count, unsigned attributes, int pair) {
    const uint8_t *end = text + count;
    attr_t mask = attributes_of(attributes);
    size_t controls = 0;
    while (text < end && !row.is_full) {
        wchar_t character = next_character(&text, end);
        if (character < 0x20 || (character >= 0x7F && character < 0xA0)) controls++;
        else add(character, mask, pair);
    }
    return controls;
}

void cn_row_end(int index, unsigned attributes, int pair) {
    attr_t mask = attributes_of(attributes);
    row.is_full = false;
    while (!row.is_full) add(L' ', mask, pair);
    mvwadd_wchnstr(stdscr, index, 0, row.cells, row.count);
}

#pragma mark - Refreshing

void cn_refresh(int cursor_row, int cursor_column, bool at_once) {
    bool has_cursor = cursor_row >= 0;
    // A hidden cursor may stay wherever the writing ended; one that is to be seen appears where it belongs.
    leaveok(stdscr, !has_cursor);
    if (has_cursor) wmove(stdscr, cursor_row, cursor_column);
    else curs_set(0);
    if (at_once) cn_write("\033[?2026h", 8);
    wrefresh(stdscr);
    if (has_cursor) curs_set(1);
    if (at_once) cn_write("\033[?2026l", 8);
}

#pragma mark - Colours

int cn_start_colors(bool *has_defaults) {
    *has_defaults = false;
    if (!has_colors()) return 0;
    if (start_color() != OK) return 0;
    *has_defaults = use_default_colors() == OK;
    return COLORS;
}

int cn_pair(int foreground, int background) {
    int pair = alloc_pair(foreground, background);
    return pair < 0 ? 0 : pair;
}
