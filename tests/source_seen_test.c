/*
 * What a target is told of the client: whose address it sees as the source, whether a proxy protocol
 * header comes along, and X-Forwarded-For.
 */
#include "support/fleet_text.h"
#include "support/harness.h"

#include <r53/elb.h>
#include <r53/elb_change.h>
#include <r53/import.h>

#include <stdio.h>

static const struct seen_case {
    const char *what, *world, *source;
    int32_t private_link, seen, proxy;
} seen_cases[] = {
    {"ELB-NLB-14 an instance sees the client", "nlb a | t type=instance proto=3 a1=ok",
     "203.0.113.7", 0, R53_SOURCE_CLIENT, 0},
    {"ELB-NLB-14 unless the group does not preserve it",
     "nlb a | t type=instance proto=3 keep=false a1=ok", "203.0.113.7", 0, R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 an address of a TCP group does not", "nlb a | t proto=3 a1=ok", "203.0.113.7", 0,
     R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 unless the group preserves it", "nlb a | t proto=3 keep=true a1=ok",
     "203.0.113.7", 0, R53_SOURCE_CLIENT, 0},
    {"ELB-NLB-14 that of a TLS group neither", "nlb a | t proto=4 a1=ok", "203.0.113.7", 0,
     R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 an address of a UDP group always", "nlb udp:80 a | t proto=5 a1=ok",
     "203.0.113.7", 0, R53_SOURCE_CLIENT, 0},
    {"ELB-NLB-14 not across versions of IP", "nlb a | t type=instance proto=3 a1=ok", "2001:db8::7",
     0, R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 ELB-NLB-25 nor through an endpoint", "nlb a | t type=instance proto=3 a1=ok",
     "203.0.113.7", 1, R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 a client whose address nobody told", "nlb a | t type=instance proto=3 a1=ok", NULL,
     0, R53_SOURCE_CLIENT, 0},
    {"ELB-ATTR-20 a proxy protocol header tells it in any case", "nlb a | t proto=3 proxy=true a1=ok",
     "203.0.113.7", 0, R53_SOURCE_NODE, 1},
    {"ELB-NLB-14 above HTTP targets see the node", "alb a | t a1=ok", "203.0.113.7", 0,
     R53_SOURCE_NODE, 0},
    {"ELB-NLB-14 those of a Classic one too", "clb a | t a1=ok", "203.0.113.7", 0, R53_SOURCE_NODE,
     0},
    {"ELB-NLB-14 a function sees none", "alb a | t type=lambda *1=ok", "203.0.113.7", 0, 0, 0},
    {"ELB-NLB-14 an appliance gets the packet as it was", "gwlb a | t a1=ok", "203.0.113.7", 0,
     R53_SOURCE_CLIENT, 0},
    {"ELB-NLB-14 without a target nobody sees", "nlb a | t", "203.0.113.7", 0, 0, 0},
};

static void check_seen(void **state)
{
    const struct seen_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .source_address = c->source,
                                 .private_link = c->private_link};
    r53_selection s = {.size = sizeof(s)};

    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.source_seen, c->seen);
    assert_int_equal(s.proxy_protocol, c->proxy);
    fleet_world_free(&world);
}

/* Through an endpoint even a target that is the client gets an answer. */
static void check_no_hairpin(void **state)
{
    struct fleet_world world = fleet_world_make("nlb a | t type=instance a1=ok", NULL);
    r53_request request = {.size = sizeof(request),
                           .load_balancer = FLEET_ARN,
                           .source_instance = "a1",
                           .source_address = "10.0.0.1"};
    r53_selection s = {.size = sizeof(s)};

    (void)state;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.hairpin, 1);
    request.private_link = 1;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(s.hairpin, 0);
    request.private_link = 2;
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_E_INVALID);
    fleet_world_free(&world);
}

/* X-Forwarded-For */

static const struct forwarded_case {
    const char *what, *world, *mode, *port; /* attributes; NULL: the default */
    const char *received[2], *source;
    int32_t source_port;
    const char *text; /* NULL: there is none */
} forwarded_cases[] = {
    {"ELB-LB-40 the client alone", "alb a | t a1=ok", NULL, NULL, {NULL}, "203.0.113.7", 4711,
     "203.0.113.7"},
    {"ELB-LB-40 is appended to what came", "alb a | t a1=ok", NULL, NULL, {"10.1.1.1, 10.2.2.2"},
     "203.0.113.7", 0, "10.1.1.1, 10.2.2.2, 203.0.113.7"},
    {"ELB-LB-40 also in two headers", "alb a | t a1=ok", "append", NULL, {"10.1.1.1", "10.2.2.2"},
     "2001:db8::7", 4711, "10.1.1.1, 10.2.2.2, 2001:db8::7"},
    {"ELB-LB-40 an unknown client cannot be", "alb a | t a1=ok", NULL, NULL, {"10.1.1.1"}, NULL, 0,
     NULL},
    {"ELB-LB-40 preserved", "alb a | t a1=ok", "preserve", NULL, {"10.1.1.1"}, "203.0.113.7", 4711,
     "10.1.1.1"},
    {"ELB-LB-40 nothing to preserve", "alb a | t a1=ok", "preserve", NULL, {NULL}, "203.0.113.7", 0,
     NULL},
    {"ELB-LB-40 removed", "alb a | t a1=ok", "remove", NULL, {"10.1.1.1"}, "203.0.113.7", 0, NULL},
    {"ELB-LB-41 with the client's port", "alb a | t a1=ok", NULL, "true", {"10.1.1.1"},
     "203.0.113.7", 4711, "10.1.1.1, 203.0.113.7:4711"},
    {"ELB-LB-41 which IPv6 is kept apart from", "alb a | t a1=ok", NULL, "true", {NULL},
     "2001:db8::7", 4711, "[2001:db8::7]:4711"},
    {"ELB-LB-41 if it is known", "alb a | t a1=ok", NULL, "true", {NULL}, "203.0.113.7", 0,
     "203.0.113.7"},
    {"ELB-LB-40 a Classic one always appends", "clb http:80 a | t a1=ok", NULL, NULL, {"10.1.1.1"},
     "203.0.113.7", 4711, "10.1.1.1, 203.0.113.7"},
    {"ELB-LB-40 below HTTP there are no headers", "nlb a | t a1=ok", NULL, NULL, {"10.1.1.1"},
     "203.0.113.7", 4711, NULL},
};

static void attribute_set(struct fleet_world *world, const char *key, const char *value)
{
    const r53_attribute attribute = {key, value};

    if (!value)
        return;
    assert_int_equal(
        r53_load_balancer_modify_attributes(world->cloud, FLEET_ARN, &attribute, 1, NULL), R53_OK);
    fleet_world_look(world, 0);
}

static void check_forwarded(void **state)
{
    const struct forwarded_case *c = *state;
    struct fleet_world world = fleet_world_make(c->world, NULL);
    const r53_header headers[] = {{"x-forwarded-for", c->received[0]},
                                  {"X-Forwarded-For", c->received[1]}};
    const r53_request request = {.size = sizeof(request),
                                 .load_balancer = FLEET_ARN,
                                 .source_address = c->source,
                                 .source_port = c->source_port,
                                 .headers = headers,
                                 .n_headers = c->received[1] ? 2 : c->received[0] != NULL};
    r53_selection s = {.size = sizeof(s)};
    char text[100], less[5];
    size_t length = 0;

    attribute_set(&world, "routing.http.xff_header_processing.mode", c->mode);
    attribute_set(&world, "routing.http.xff_client_port.enabled", c->port);
    assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
    assert_int_equal(r53_selection_text_write(world.view, &request, &s, R53_TEXT_X_FORWARDED_FOR,
                                              text, sizeof(text), &length),
                     c->text ? R53_OK : R53_E_NOT_FOUND);
    if (c->text) {
        assert_string_equal(text, c->text);
        assert_int_equal(length, strlen(c->text));
        assert_int_equal(r53_selection_text_write(world.view, &request, &s,
                                                  R53_TEXT_X_FORWARDED_FOR, less, sizeof(less),
                                                  NULL),
                         R53_E_NO_SPACE);
        assert_memory_equal(less, c->text, sizeof(less) - 1);
    }
    fleet_world_free(&world);
}

/* The members that state the attributes count as they do. */
static void check_members(void **state)
{
    static const struct {
        int32_t mode, port;
        const char *text;
    } cases[] = {{R53_XFF_APPEND, R53_OPTION_ON, "203.0.113.7:9"},
                 {R53_XFF_REMOVE, R53_OPTION_DEFAULT, NULL}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fleet_world world = fleet_world_make("alb a | t a1=ok", NULL);
        const r53_availability_zone zone = {.size = sizeof(zone), .zone_name = "a"};
        const r53_availability_zone *zones[] = {&zone};
        const r53_load_balancer lb = {.size = sizeof(lb),
                                      .load_balancer_arn = FLEET_ARN,
                                      .availability_zones = zones,
                                      .n_availability_zones = 1,
                                      .xff_header_processing_mode = cases[i].mode,
                                      .xff_client_port = cases[i].port};
        const r53_request request = {.size = sizeof(request),
                                     .load_balancer = FLEET_ARN,
                                     .source_address = "203.0.113.7",
                                     .source_port = 9};
        r53_selection s = {.size = sizeof(s)};
        r53_import *import;
        char text[100];

        assert_int_equal(r53_import_new(&import, world.cloud, world.observed, NULL), R53_OK);
        assert_int_equal(r53_import_load_balancer(import, &lb), R53_OK);
        assert_int_equal(r53_import_commit(import), R53_OK);
        r53_import_free(import);
        fleet_world_look(&world, 0);
        assert_int_equal(r53_elb_select(world.view, &request, NULL, &s, NULL), R53_OK);
        assert_int_equal(r53_selection_text_write(world.view, &request, &s,
                                                  R53_TEXT_X_FORWARDED_FOR, text, sizeof(text),
                                                  NULL),
                         cases[i].text ? R53_OK : R53_E_NOT_FOUND);
        if (cases[i].text)
            assert_string_equal(text, cases[i].text);
        fleet_world_free(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(seen_cases) + COUNT(forwarded_cases) + 2];
    size_t n = 0;

    ADD_CASES(tests, n, seen_cases, check_seen);
    ADD_CASES(tests, n, forwarded_cases, check_forwarded);
    ADD_TEST(tests, n, "ELB-NLB-14 ELB-NLB-15 through an endpoint there is no hairpin",
             check_no_hairpin);
    ADD_TEST(tests, n, "ELB-LB-40 ELB-LB-41 said by the load balancer's members", check_members);
    return RUN_TESTS("sources as targets see them", tests, n);
}
