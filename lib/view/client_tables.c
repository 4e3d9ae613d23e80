#include "view/client_tables.h"

bool r53__client_tables_prepare(struct client_tables *tables, struct arena *arena,
                                const r53_observed *observed)
{
    (void)arena;
    (void)observed;
    *tables = (struct client_tables){.n_places = 0};
    return true;
}
