#include "flow/grid.h"

static size_t cell_length(const struct grid *grid, size_t row, size_t column)
{
    struct text text;

    r53__text_init(&text, NULL, 0);
    grid->cell(&text, grid->of, row, column);
    return text.length;
}

static void fill(struct text *text, char c, size_t n)
{
    while (n-- > 0)
        r53__put_char(text, c);
}

static void put_row(struct text *text, const struct grid *grid, const size_t *widths, size_t row)
{
    for (size_t c = 0; c < grid->columns; c++) {
        size_t from;

        r53__put(text, c ? " | " : "| ");
        from = text->length;
        grid->cell(text, grid->of, row, c);
        fill(text, ' ', widths[c] - (text->length - from));
    }
    r53__put(text, " |\n");
}

static void put_rule(struct text *text, const struct grid *grid, const size_t *widths)
{
    for (size_t c = 0; c < grid->columns; c++) {
        r53__put(text, c ? "-|-" : "|-");
        fill(text, '-', widths[c]);
    }
    r53__put(text, "-|\n");
}

void r53__grid_put(struct text *text, const struct grid *grid)
{
    size_t widths[GRID_COLUMNS_MAX] = {0};

    for (size_t r = 0; r < grid->rows; r++) {
        for (size_t c = 0; c < grid->columns; c++) {
            size_t length = cell_length(grid, r, c);

            if (length > widths[c])
                widths[c] = length;
        }
    }
    put_row(text, grid, widths, 0);
    put_rule(text, grid, widths);
    for (size_t r = 1; r < grid->rows; r++)
        put_row(text, grid, widths, r);
}
