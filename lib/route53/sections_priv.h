/*
 * What the parts of the writer share: sections.c writes the answer section, sections_elb.c what
 * load balancers have in it, sections_beside.c what goes with it, which depends on what was
 * answered. That is remembered here, as a sink cannot be asked for it.
 */
#ifndef R53_LIB_ROUTE53_SECTIONS_PRIV_H
#define R53_LIB_ROUTE53_SECTIONS_PRIV_H

#include "route53/sections.h"

enum {
    TARGETS_MAX = 512, /* names whose addresses go besides: those of any one record set */
    ORDER_MAX = 512    /* values put in random order; Route 53 holds 400 (R53-TYPE-07) */
};

/* Which of the types that matter to other sections the answer holds under the queried name. */
enum { ANSWERED_A = 1, ANSWERED_AAAA = 2, ANSWERED_NS = 4, ANSWERED_CNAME = 8 };

struct unique;

/* All the writing of one answer needs, and what it must remember of what it wrote. */
struct writing {
    struct answer_sink *sink;
    const struct route_input *input;
    const struct route *route;
    const struct zone *zone; /* NULL: refused, or a load balancer's own name */
    struct name qname;       /* queried, or the CNAME target that is chased */
    struct section_options options;
    struct section_result *result;
    uint32_t n_answers;    /* records in the answer section */
    uint32_t answered;     /* ANSWERED_... */
    struct unique *unique; /* NULL: values need not be looked at */
    bool wants_targets;    /* will anybody look at them? */
    uint32_t n_targets;
    struct name targets[TARGETS_MAX]; /* that records of the answer or the referral name */
};

/*
 * Notes the name that a record of the answer or the referral leads to. In line: most lead nowhere.
 */
static inline void r53__target_remember(struct writing *w, uint16_t type, struct rdata value)
{
    struct name target;

    if (!w->wants_targets || type == R53_TYPE_A || type == R53_TYPE_AAAA)
        return;
    target = r53__rdata_target_under(type, value.octets, value.length, w->qname);
    if (target.length > 0 && w->n_targets < TARGETS_MAX)
        w->targets[w->n_targets++] = target;
}

/* Begins an RRset of the answer, under the queried name; one record of it. */
void r53__answer_begin(struct writing *w, uint16_t type, uint32_t ttl);
void r53__answer_value(struct writing *w, const uint8_t *rdata, size_t length);

/*
 * The first `most` of n addresses of the asked family, one behind the other, under the queried name
 * and in random order (R53-ELB-04). More than ORDER_MAX are not answered.
 */
void r53__put_addresses(struct writing *w, const uint8_t *octets, uint64_t key, uint32_t n,
                        uint32_t most);

/* What an alias to a load balancer answers: its node addresses, or its name by the telling. */
void r53__put_load_balancer(struct writing *w);

/* What a load balancer's own name answers: its node addresses; to ANY those of both families. */
void r53__put_own_name(struct writing *w);

/* Authority of what a load balancer's own name, or one below it, does not have. */
void r53__beside_own_soa(struct writing *w);

/*
 * Authority: the apex NS unless it is the answer (R53-DNS-02); the SOA (R53-ZONE-05, R53-DNS-03).
 */
void r53__beside_apex_ns(struct writing *w);
void r53__beside_soa(struct writing *w);

/*
 * Additional: the addresses that the answer's targets have in this zone, each once, as a query for
 * them would find them, wildcards included (R53-DNS-12).
 */
void r53__beside_targets(struct writing *w);

/*
 * Authority and additional of a referral: the cut's NS with glue (R53-DELEG-01, -05, R53-DNS-09).
 */
void r53__beside_referral(struct writing *w);

#endif
