/*
 * What is wrong with a peer, told by member (base/member.h). Its place is read as a query's is, and
 * so told.
 */
#include "base/member.h"
#include "base/sized.h"
#include "base/sized_refusal.h"
#include "base/text.h"
#include "route53/peer_client.h"
#include "route53/respond.h"

static const struct member members[] = {
    {"Transport", "0, R53_TRANSPORT_UDP or R53_TRANSPORT_TCP", offsetof(r53_peer, transport),
     MEMBER_NUMBER},
    {"MaxUdpSize", "0, or octets up to 65535", offsetof(r53_peer, max_udp_size), MEMBER_NUMBER},
};

static bool reads(const void *alone)
{
    r53_peer ignored;

    return r53__peer_read(&ignored, alone) != NULL;
}

static const r53_peer valid = {.size = sizeof(valid)};
static const struct member_list list = {members, sizeof(members) / sizeof(*members), &valid,
                                        sizeof(valid), reads};
_Static_assert(sizeof(r53_peer) <= sizeof(union member_room), "a peer has room");

/* The address and its length are valid together or not. */
static void address_tell(const r53_peer *peer, r53_report *report)
{
    const r53_peer alone = {
        .size = sizeof(alone), .address = peer->address, .n_address = peer->n_address};
    char number[NUMBER_TEXT_MAX];

    if (reads(&alone))
        return;
    r53__number_print(number, peer->n_address);
    r53__member_fault(report, "NAddress", number,
                      peer->address ? "the octets of the address, 4 or 16"
                                    : "0 without an address");
}

int32_t r53_peer_check(const r53_peer *peer, r53_report *report)
{
    r53_query place;
    r53_peer p;
    int32_t rc;

    if (!peer)
        return R53_OK;
    if (!r53__sized_read(&p, sizeof(p), peer))
        return r53__sized_refuse(report, "Size", "peer", peer, sizeof(p));
    place = r53__peer_query(&p);
    place.name = ".";
    rc = r53_query_check(&place, report);
    if (reads(&p))
        return rc;
    r53__members_tell(&list, &p, report);
    address_tell(&p, report);
    return R53_E_INVALID;
}
