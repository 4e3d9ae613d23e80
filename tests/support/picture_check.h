/*
 * Small readers of what pictures are written in, as strict as the programs that draw them, and no
 * more: enough to tell that no name of an account ends its quotes or becomes a statement.
 */
#ifndef R53_TESTS_SUPPORT_PICTURE_CHECK_H
#define R53_TESTS_SUPPORT_PICTURE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

enum { PICTURE_TEXT_MAX = 1 << 18 };

/* All labels of a picture, decoded, each on a line of its own. */
struct picture_labels {
    char text[PICTURE_TEXT_MAX];
    size_t length;
};

/* Reads the whole text; false: it is not of the form. `labels` gains what stands in quotes. */
bool mermaid_reads(const char *text, struct picture_labels *labels);
bool dot_reads(const char *text, struct picture_labels *labels);
bool json_reads(const char *text, struct picture_labels *labels);

/* UTF-8 without control characters but for line ends? */
bool text_is_clean(const char *text);

#endif
