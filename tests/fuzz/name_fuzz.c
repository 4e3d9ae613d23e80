/*
 * Names: any text is a name or a fault; a name printed and read again is itself, and so are its
 * order, its ancestors and its hash.
 */
#include "fuzz/fuzz.h"

#include "dns/name.h"

static void check_name(struct name name)
{
    char printed[NAME_TEXT_MAX];
    struct name_buffer again;
    struct text text;
    uint8_t offsets[NAME_LABELS_MAX];

    MUST(name.length >= 1 && name.length <= NAME_OCTETS_MAX);
    MUST(r53__name_labels(name) == r53__name_offsets(name, offsets));
    r53__text_init(&text, printed, sizeof(printed));
    r53__name_put(&text, name);
    MUST(r53__text_fits(&text));
    MUST(r53__name_parse(&again, (struct span){printed, text.length}) == NAME_OK);
    MUST(r53__name_equal(r53__name(&again), name));
    MUST(r53__name_compare(r53__name(&again), name) == 0);
    MUST(r53__name_hash(r53__name(&again), 1) == r53__name_hash(name, 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    struct name_buffer name, parent;

    if (r53__name_parse(&name, (struct span){(const char *)octets, n}) != NAME_OK)
        return 0;
    check_name(r53__name(&name));
    for (struct name at = r53__name(&name); at.length > 1; at = r53__name_parent(at)) {
        MUST(r53__name_is_under(r53__name(&name), at));
        parent.length = (uint8_t)at.length;
        r53__name_lower(parent.octets, at.octets, at.length);
        MUST(r53__name_equal(r53__name(&parent), at)); /* lower case already */
    }
    return 0;
}
