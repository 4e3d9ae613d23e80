/*
 * Any octets as a zone that is read leniently, and answers about it: the first octet says which
 * zone it is and who asks, the others are its file. Each owner is asked for, and what lies below
 * and above it; the response has the code, flags and answer count that r53_resolve and its steps
 * come to, however much the asker wants beside the answer.
 */
#include "fuzz/fuzz.h"

#include <r53/respond.h>
#include <r53/zone_file.h>

#include "dns/name.h"

#include <string.h>

enum { OWNERS = 24, ROOM = 65535, HEAD = 12 };

static r53_cloud *zone_read(const char *name, const char *text, size_t length)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "ZF", .name = name};
    const r53_zone_file_options options = {
        .size = sizeof(options), .lenient = 1, .hosted_zone = &zone};
    r53_cloud *cloud;
    r53_import *import;

    MUST(r53_cloud_new(&cloud, NULL) == R53_OK);
    MUST(r53_import_new(&import, cloud, NULL, NULL) == R53_OK);
    MUST(r53_import_zone_file(import, &options, text, length) == R53_OK);
    MUST(r53_import_commit(import) == R53_OK);
    r53_import_free(import);
    return cloud;
}

static size_t query_put(uint8_t *out, struct name name, unsigned type)
{
    const uint8_t head[HEAD] = {7, 7, 0, 0, 0, 1};
    const uint8_t tail[] = {(uint8_t)(type >> 8), (uint8_t)type, 0, 1};

    memcpy(out, head, sizeof(head));
    memcpy(out + HEAD, name.octets, name.length);
    memcpy(out + HEAD + name.length, tail, sizeof(tail));
    return HEAD + name.length + sizeof(tail);
}

/* Header of what the steps write. */
static void steps(const r53_view *view, const r53_peer *peer, const uint8_t *query, size_t n,
                  uint8_t *response)
{
    char texts[R53_MESSAGE_TEXT_MAX];
    r53_message message = {.size = sizeof(message)};
    r53_query asked = {.size = sizeof(asked), .seed = peer->seed};
    r53_answer *answer;
    size_t length;

    MUST(r53_answer_new(&answer, NULL) == R53_OK);
    MUST(r53_message_parse(query, n, &message) == R53_OK);
    MUST(r53_message_query(&message, &asked, texts, sizeof(texts)) == R53_OK);
    MUST(r53_resolve(view, &asked, answer, NULL) == R53_OK);
    MUST(r53_message_write(&message, peer, answer, response, ROOM, &length) == R53_OK);
    r53_answer_free(answer);
}

static void ask(const r53_view *view, r53_peer *peer, struct name name, unsigned type)
{
    static uint8_t response[ROOM], resolved[ROOM];
    uint8_t query[HEAD + NAME_OCTETS_MAX + 4];
    size_t n = query_put(query, name, type), length;

    steps(view, peer, query, n, resolved);
    for (peer->minimal = 0; peer->minimal <= 1; peer->minimal++) {
        MUST(r53_respond(view, peer, query, n, response, ROOM, &length) == R53_OK);
        MUST(length >= n && memcmp(query + HEAD, response + HEAD, n - HEAD) == 0);
        if (!peer->chase_cname && !peer->single_any)
            MUST(memcmp(response, resolved, 8) == 0);
    }
}

static void ask_around(const r53_view *view, r53_peer *peer, struct name owner)
{
    static const unsigned types[] = {1, 2, 5, 6, 15, 16, 28, 43, 65, 255};
    struct name_buffer below = {{1, 'x'}, 0};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        ask(view, peer, owner, types[i]);
    if (owner.length <= NAME_OCTETS_MAX - 2) {
        memcpy(below.octets + 2, owner.octets, owner.length);
        below.length = (uint8_t)(owner.length + 2);
        ask(view, peer, r53__name(&below), 1);
        ask(view, peer, r53__name(&below), 43);
    }
    for (; owner.length > 1; owner = r53__name_parent(owner))
        ask(view, peer, owner, 28);
}

static void ask_owners(const r53_cloud *cloud, const r53_view *view, r53_peer *peer)
{
    const r53_record_set *set;
    r53_listing *listing;

    MUST(r53_record_sets_list(&listing, cloud, "ZF", NULL, 0, NULL, NULL) == R53_OK);
    MUST(r53_listing_page(listing, OWNERS) >= 0);
    while ((set = r53_listing_next_record_set(listing))) {
        struct name_buffer owner;

        MUST(r53__name_parse(&owner, r53__span(set->name)) == NAME_OK);
        ask_around(view, peer, r53__name(&owner));
    }
    r53_listing_free(listing);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    static const char *const names[] = {"example.com", ".", "com", "A.B.example.com"};
    int how = n ? octets[0] : 0;
    r53_peer peer = {.size = sizeof(peer), .transport = R53_TRANSPORT_TCP, .seed = 7};
    r53_cloud *cloud = zone_read(names[how & 3], n ? (const char *)octets + 1 : "", n ? n - 1 : 0);
    r53_view *view;

    peer.chase_cname = how >> 2 & 1;
    peer.single_any = how >> 3 & 1;
    MUST(r53_view_new(&view, cloud, NULL, 0, NULL) == R53_OK);
    ask_owners(cloud, view, &peer);
    r53_view_release(view);
    r53_cloud_free(cloud);
    return 0;
}
