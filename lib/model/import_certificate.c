/*
 * Certificates stated apart from their listener, as describe-listener-certificates prints them.
 * They wait by the listener's ARN and are put into a copy of the listener when the import is
 * committed. AWS prints only their ARNs there, so what is known of one already is not lost.
 */
#include "model/import.h"

#include "base/report.h"
#include "base/rules.h"
#include "model/describe.h"

#include <string.h>

struct certificate_statement {
    struct certificate_statement *next;
    struct certificate said;
};

/* All that is said of one listener, in the order said; the import alone refers to it. */
struct certificate_list {
    struct object head;
    struct certificate_statement *first, **last;
    uint32_t n;
};

/* The list of the listener, made if need be; NULL: no memory (told). */
static struct certificate_list *list_of(r53_import *import, const char *listener_arn)
{
    struct table *lists = &import->listener_certificates;
    struct span id = r53__span(listener_arn);
    struct certificate_list *list;

    if (!r53__table_find(lists, id)) {
        list = r53__object_new(&import->memory, sizeof(*list));
        if (!list) {
            r53__remark_nomem(import->report);
            return NULL;
        }
        list->last = &list->first;
        if (r53__import_keep(import, lists, id, list) != R53_OK)
            return NULL;
    }
    /* the table lends its objects as constant; this one is the import's own until commit */
    return (struct certificate_list *)(uintptr_t)r53__table_find(lists, id);
}

int32_t r53_import_listener_certificate(r53_import *import, const char *listener_arn,
                                        const r53_certificate *certificate)
{
    struct certificate_statement *kept;
    struct certificate_list *list;
    struct spec spec;

    if (!import)
        return R53_E_INVALID;
    if (!listener_arn || !*listener_arn)
        return r53__import_fault(import, "ListenerArn",
                                 "the value is missing; a certificate does not say whose it is");
    list = list_of(import, listener_arn);
    if (!list)
        return R53_E_NOMEM;
    spec = r53__spec(&list->head.arena, import->report);
    kept = r53__spec_alloc(&spec, 1, sizeof(*kept));
    if (kept)
        r53__certificate_read(&spec, &kept->said, certificate);
    if (spec.error)
        return spec.error;
    *list->last = kept;
    list->last = &kept->next;
    list->n++;
    return R53_OK;
}

/* Commit */

/* The certificates of a listener in the making. */
struct certificates {
    const r53_certificate **list;
    uint32_t n;
};

static uint32_t place_of(const struct certificates *all, const char *arn)
{
    uint32_t i = 0;

    while (i < all->n && strcmp(all->list[i]->certificate_arn, arn) != 0)
        i++;
    return i;
}

/* One without names says no more than that the listener has it. */
static void certificate_put(struct certificates *all, r53_certificate *said, bool as_known)
{
    uint32_t at = place_of(all, said->certificate_arn);

    if (at < all->n && said->n_domain_names == 0)
        return;
    if (at < all->n && as_known)
        said->is_default = all->list[at]->is_default;
    all->list[at] = said;
    all->n += at == all->n;
}

/* false: no memory. */
static bool certificates_put(r53_listener *listener, const struct certificate_list *said,
                             struct arena *arena)
{
    size_t room = (size_t)listener->n_certificates + said->n;
    r53_certificate *told = r53__arena_alloc(arena, said->n, sizeof(*told));
    struct certificates all = {.list = r53__arena_alloc(arena, room, sizeof(*all.list)),
                               .n = listener->n_certificates};

    if (!told || !all.list)
        return false;
    for (uint32_t i = 0; i < listener->n_certificates; i++)
        all.list[i] = listener->certificates[i];
    for (const struct certificate_statement *s = said->first; s; s = s->next, told++) {
        *told = r53__certificate_describe(&s->said);
        certificate_put(&all, told, s->said.as_known);
    }
    listener->certificates = all.list;
    listener->n_certificates = all.n;
    return true;
}

static int32_t listener_make(struct listener **out, const struct memory *memory,
                             const struct listener *from, const struct certificate_list *said)
{
    struct arena arena;
    r53_listener *described;
    int32_t rc = R53_E_NOMEM;

    r53__arena_init(&arena, memory);
    described = r53__listener_describe(from, &arena);
    if (described && certificates_put(described, said, &arena))
        rc = r53__listener_new(out, memory, described, DOOR_IMPORT, NULL);
    r53__arena_free(&arena);
    return rc;
}

static int32_t stage_list(r53_import *import, struct span arn, const struct certificate_list *said)
{
    struct table *table = &import->cloud->tables[CLOUD_LISTENERS];
    const struct listener *listener = r53__table_staged(table, arn);
    struct listener *copy;
    int32_t rc;

    if (!listener) {
        r53__remark(import->report,
                    &(struct remark){.severity = R53_SEVERITY_WARNING,
                                     .rule = RULE_ELB_JSON_11,
                                     .path = arn.at,
                                     .format = "certificates are given for the listener '{0}', "
                                               "which is not known",
                                     .args = {arn.at}});
        return R53_OK;
    }
    rc = listener_make(&copy, &import->memory, listener, said);
    return rc ? rc : r53__table_give(table, arn, copy);
}

int32_t r53__import_stage_certificates(r53_import *import)
{
    const struct table *lists = &import->listener_certificates;
    int32_t rc = R53_OK;

    for (int32_t i = 0; (size_t)i < lists->count && rc == R53_OK; i++) {
        if (r53__table_at(lists, i))
            rc = stage_list(import, r53__span(r53__table_id(lists, i)), r53__table_at(lists, i));
    }
    return rc;
}
