/*
 * A table of texts with aligned columns, written through a function that gives the cells. The cells
 * are asked for twice: to measure, and to write.
 */
#ifndef R53_LIB_FLOW_GRID_H
#define R53_LIB_FLOW_GRID_H

#include "base/text.h"

enum { GRID_COLUMNS_MAX = 8 };

struct grid {
    size_t rows, columns; /* row 0 is the head */
    const void *of;       /* handed to `cell` */
    void (*cell)(struct text *text, const void *of, size_t row, size_t column);
};

void r53__grid_put(struct text *text, const struct grid *grid);

#endif
