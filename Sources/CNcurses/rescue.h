#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Remembers the modes that the terminal has now, and the bytes that give it back. From now on a crash is caught.
void cn_rescue_prepare(int input, int output, const char *sequence, size_t count);

/// Whether the terminal is ours, so that a crash or an exit has to give it back.
void cn_rescue_arm(bool armed);

/// Sets the modes that `cn_rescue_prepare` found.
void cn_rescue_restore_modes(void);

/// Crashes are no longer caught, and the descriptors no longer used.
void cn_rescue_end(void);
