/*
 * The responder: the first octet says how it is asked, the others are the message. What comes back
 * is inside its room, has the query's id, and is the same by itself and among others.
 */
#include "fuzz/fuzz.h"

#include <r53/import.h>
#include <r53/respond.h>

#include "route53/respond.h"

#include <string.h>

static const struct {
    const char *name;
    int32_t type;
    const char *value, *id;
    int32_t weight;
} records[] = {
    {"example.com.", R53_TYPE_MX, "10 mail.example.com", NULL, 0},
    {"example.com.", R53_TYPE_A, "192.0.2.1", NULL, 0},
    {"mail.example.com.", R53_TYPE_A, "192.0.2.25", NULL, 0},
    {"*.example.com.", R53_TYPE_TXT, "\"w\"", NULL, 0},
    {"sub.example.com.", R53_TYPE_NS, "ns.sub.example.com", NULL, 0},
    {"ns.sub.example.com.", R53_TYPE_AAAA, "2001:db8::53", NULL, 0},
    {"a.example.com.", R53_TYPE_CNAME, "b.example.com", NULL, 0},
    {"b.example.com.", R53_TYPE_CNAME, "a.example.com", NULL, 0},
    {"c.example.com.", R53_TYPE_CNAME, "example.com", NULL, 0},
    {"w.example.com.", R53_TYPE_A, "192.0.2.7", "x", 1},
    {"w.example.com.", R53_TYPE_A, "192.0.2.8", "y", 3},
};

static const r53_view *view_make(void)
{
    const r53_hosted_zone zone = {.size = sizeof(zone), .id = "Z1", .name = "example.com."};
    r53_cloud *cloud;
    r53_import *import;
    r53_view *view;

    MUST(r53_cloud_new(&cloud, NULL) == R53_OK);
    MUST(r53_import_new(&import, cloud, NULL, NULL) == R53_OK);
    MUST(r53_import_hosted_zone(import, &zone) == R53_OK);
    for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++) {
        const r53_record_set set = {.size = sizeof(set),
                                    .type = records[i].type,
                                    .name = records[i].name,
                                    .values = &records[i].value,
                                    .n_values = 1,
                                    .has_ttl = 1,
                                    .ttl = 300,
                                    .set_identifier = records[i].id,
                                    .has_weight = records[i].id != NULL,
                                    .weight = records[i].weight};

        MUST(r53_import_record_set(import, "Z1", &set) == R53_OK);
    }
    MUST(r53_import_commit(import) == R53_OK);
    MUST(r53_view_new(&view, cloud, NULL, 0, NULL) == R53_OK);
    r53_import_free(import);
    r53_cloud_free(cloud);
    return view;
}

static const r53_view *view; /* of all runs */

static void view_drop(void)
{
    r53_view_release(view);
}

static void check_response(const uint8_t *query, const uint8_t *response, size_t length,
                           size_t capacity)
{
    MUST(length <= capacity && length >= 12);
    MUST(memcmp(query, response, 2) == 0 && response[2] & 0x80);
}

static void check_steps(const uint8_t *query, size_t n, const r53_peer *peer)
{
    char texts[R53_MESSAGE_TEXT_MAX];
    uint8_t response[4096];
    r53_message message = {.size = sizeof(message)};
    r53_query asked = {.size = sizeof(asked)};
    size_t length;
    int32_t rc;

    if (r53_message_parse(query, n, &message) != R53_OK)
        return;
    rc = r53_message_query(&message, &asked, texts, sizeof(texts));
    MUST(rc == R53_OK || message.rcode != 0 || message.type == 0);
    MUST(r53_message_write(&message, peer, NULL, response, sizeof(response), &length) == R53_OK);
    check_response(query, response, length, sizeof(response));
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n)
{
    static uint8_t alone[65535], among[65535];
    r53_peer peer = {.size = sizeof(peer)};
    r53_exchange exchange = {.size = sizeof(exchange), .peer = &peer, .response = among};
    r53_exchange *const at[] = {&exchange};
    size_t length = 0;

    if (!view) {
        view = view_make();
        atexit(view_drop);
    }
    if (n == 0)
        return 0;
    peer.transport = octets[0] & 1 ? R53_TRANSPORT_TCP : R53_TRANSPORT_UDP;
    peer.minimal = octets[0] >> 1 & 1;
    peer.chase_cname = octets[0] >> 2 & 1;
    peer.single_any = octets[0] >> 3 & 1;
    exchange.capacity = octets[0] & 0x10 ? sizeof(among) : 512;
    exchange.query = octets + 1;
    exchange.n_query = n - 1;
    MUST(r53_respond(view, &peer, octets + 1, n - 1, alone, exchange.capacity, &length) == R53_OK);
    r53__respond_together(view, at, 1);
    MUST(exchange.error == R53_OK && exchange.length == length &&
         memcmp(alone, among, length) == 0);
    if (length > 0)
        check_response(octets + 1, alone, length, exchange.capacity);
    check_steps(octets + 1, n - 1, &peer);
    return 0;
}
