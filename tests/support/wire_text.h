/*
 * Queries on the wire written as text, responses told as text.
 *
 *   www A                        a query of class IN over UDP, without EDNS
 *   WwW.ExAmPlE.com. AAAA rd cd  the letters as given; header bits
 *   www A edns=1232 do           with an OPT; ver=1, subnet=203.0.113.0/24, two (OPTs), opt=<hex>
 * more www A opcode=5 class=3 qd=2  what a server must not take for a question www A tcp minimal
 * chase single cap=600 max=1232 from=192.0.2.1 zone=ZP vpc=vpc-1 seed=7
 *
 *   NOERROR aa; www 300 A 192.0.2.1; AUTH=NS | rd tc edns=4096 do scope=24
 *
 * The response is told as cloud_text.h tells answers, behind the bar the rest of header and OPT.
 */
#ifndef R53_TESTS_SUPPORT_WIRE_TEXT_H
#define R53_TESTS_SUPPORT_WIRE_TEXT_H

#include "support/cloud_text.h"

#include <r53/respond.h>

enum { WIRE_MAX = 65535 };

struct wire_query {
    uint8_t octets[1024];
    size_t length;
    uint8_t from[16];
    char words[400];
    r53_peer peer;
    size_t capacity;
};

void wire_query_parse(struct wire_query *out, const char *line);

/* Tells a response; ends the test when it is malformed or does not fit to the query. */
const char *response_text(char *buffer, const struct wire_query *query, const uint8_t *response,
                          size_t length);

/* Asks r53_respond and tells the response, "dropped", or the error's name. */
const char *wire_text(char *buffer, const r53_view *view, const char *query);

/* The same through r53_respond_many, and step by step through r53_message_parse .. _write. */
const char *wire_text_many(char *buffer, const r53_view *view, const char *query);
const char *wire_text_steps(char *buffer, const r53_view *view, const char *query);

#endif
